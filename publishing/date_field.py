"""A date as it is known, kept as an EDTF string (ISO 8601-2)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.date_box import EXAMPLES, DateBox, DateBoxField
from publishing.dates import parse_edtf

EDTF_EXAMPLES = _("For example 2025-11-14, 2025-10-01/2025-10-03, 2025-11, 2025-23 (autumn) or 2028.")


def validate_edtf(text):
    try:
        parse_edtf(text)
    except ValueError as error:
        raise ValidationError(f"{error} {EDTF_EXAMPLES}", code="edtf") from error


class EdtfField(models.CharField):
    """A char column whose text is a valid EDTF date. Forms take it, and show it, in words."""

    default_validators = [validate_edtf]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        kwargs.setdefault("help_text", self.help_text or EXAMPLES)
        kwargs.setdefault("form_class", DateBoxField)
        # Django's admin brings the plain text box of every char column.
        return super().formfield(**kwargs | {"widget": DateBox})


class YearField(models.PositiveSmallIntegerField):
    """The calendar year of a date column of the same row, filled at every save and bulk_create.

    Archives ask for it: finding the years of 20,000 dates by a function of the database costs a scan and, on SQLite,
    a call into Python for each row.
    """

    def __init__(self, *args, of, **kwargs):
        self.of = of
        super().__init__(*args, **kwargs | {"editable": False})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance, add):
        date = getattr(model_instance, self.of)
        year = int(date[:4]) if isinstance(date, str) else date.year
        setattr(model_instance, self.attname, year)
        return year
