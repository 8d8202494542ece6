"""Forms of translated items: what is written in one language is enough."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from modeltranslation.translator import translator

from publishing.date_box import DateBoxField
from publishing.rich_text import RichTextFormField, clean_html, without_layout
from publishing.slugs import languages


class TranslatedForm(forms.ModelForm):
    """Asks for a text in the language that the item is written in, where Django would ask for the default one.

    Subclasses name special fields in their Meta; the model and the rest come from the admin that uses them.
    """

    def clean(self):
        data = super().clean()
        data = self.cleaned_data if data is None else data
        self.keep_layout(data)
        for name in translator.get_options_for_model(self._meta.model).all_fields:
            columns = [f"{name}_{code}" for code in languages() if f"{name}_{code}" in self.fields]
            if columns and not self._meta.model._meta.get_field(name).blank:
                self.require(name, columns, data)
        return data

    def keep_layout(self, data):
        """A text in which the editor only broke the lines anew stays as it is stored: nobody changed it."""
        for name, field in self.fields.items():
            stored, sent = self.initial.get(name), data.get(name)
            if not (isinstance(field, RichTextFormField) and stored and sent):
                continue
            if without_layout(clean_html(sent)) == without_layout(stored):
                data[name] = stored

    def require(self, name, columns, data):
        if "source_language" not in self.fields:
            if not any(data.get(column) or column in self.errors for column in columns):
                self.add_error(columns[0], gettext("Write this in one language at least."))
            return
        source = data.get("source_language")
        column = f"{name}_{source}"
        if source and column in self.fields and not data.get(column) and column not in self.errors:
            language = gettext(dict(settings.LANGUAGES)[source])
            message = gettext(
                "This item is marked as written in %(language)s, so this text is needed. "
                "If it is written in another language, choose that under “written in”."
            )
            self.add_error(column, message % {"language": language})


class DatedForm(TranslatedForm):
    """A form with dates that are held in a city, chosen in the same form: it decides what the seasons mean.

    The field of a date is cleaned before that of the city, and knows nothing of it: it lets through what makes sense
    on either half of the earth. Once all fields are known, the text is read again where it is held.
    """

    cities_of_dates = {}  # the name of a date's field: the name of its city's field

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.read_dates = {}
        for name, city_field in self.dates_and_cities():
            self.fields[name].widget.city_field = city_field
            self.fields[name].widget.southern = is_southern(getattr(self.instance, city_field))

    def dates_and_cities(self):
        """Those that the form has: who may only look at an item gets a form without fields."""
        for name, city_field in self.cities_of_dates.items():
            if isinstance(self.fields.get(name), DateBoxField):
                yield name, city_field

    def clean(self):
        data = super().clean()
        for name, city_field in self.dates_and_cities():
            if data.get(name) and city_field not in self.errors:
                city = data.get(city_field) if city_field in self.fields else getattr(self.instance, city_field)
                self.read_in(name, is_southern(city), data)
        return data

    def read_in(self, name, southern, data):
        field = self.fields[name]
        field.widget.southern = southern  # for the reading shown below the box, should the form come back
        try:
            read = field.read(self[name].data.strip(), southern=southern)
        except forms.ValidationError as error:
            self.add_error(name, error)
            return
        self.read_dates[name] = read
        data[name] = read.when.edtf


def is_southern(city):
    return city is not None and city.is_southern
