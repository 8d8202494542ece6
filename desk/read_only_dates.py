"""Dates on the admin's pages of those who may look at an item but not change it: in words, not as they are stored."""

from django.contrib.admin.utils import flatten_fieldsets
from django.utils.translation import get_language

from publishing.date_field import EdtfField
from publishing.date_text import full_date_text
from publishing.dates import parse_edtf


class ReadOnlyDatesInWords:
    """For admins and inlines; stands before Django's class.

    Django prints the value of a column that nobody may change as it stands in the database, and asks no field how it
    would like to be shown. But a form's line can be a function in place of a field's name.
    """

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        cities = getattr(self.form, "cities_of_dates", {})
        words = {
            field.name: words_of_column(field, cities.get(field.name))
            for field in self.opts.get_fields()
            if isinstance(field, EdtfField) and field.name in flatten_fieldsets(fieldsets)
        }
        return [(title, options | {"fields": replaced(options["fields"], words)}) for title, options in fieldsets]

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change=change, **self.with_names(request, obj, kwargs))

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **self.with_names(request, obj, kwargs))

    def with_names(self, request, obj, kwargs):
        """A form is made of fields alone."""
        fields = kwargs["fields"] if "fields" in kwargs else flatten_fieldsets(self.get_fieldsets(request, obj))
        return kwargs | {"fields": fields and [getattr(field, "__name__", field) for field in fields]}


def replaced(names, others):
    """Of names, some of which stand in tuples, since they share a line."""
    return [others.get(name, name) if isinstance(name, str) else replaced(name, others) for name in names]


def words_of_column(field, city_field=None):
    """A function of an item that says the date of a column; `city_field` is that of the city where it is held."""

    def in_words(item):
        edtf = getattr(item, field.attname)
        if not edtf:
            return ""
        city = getattr(item, city_field) if city_field else None
        return full_date_text(parse_edtf(edtf), get_language(), southern=bool(city and city.is_southern))

    # By its name the admin finds the field's help and the style of its line.
    in_words.__name__ = field.name
    in_words.short_description = field.verbose_name
    return in_words
