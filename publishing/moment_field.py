"""A moment as editors type it: a date and a time by the secretariat’s clock."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

FIRST_YEAR, LAST_YEAR = 1900, 2999


class MomentField(forms.DateTimeField):
    """Takes no year that nobody means. The first and last ones of the calendar cannot even be told in another zone."""

    def to_python(self, value):
        try:
            moment = super().to_python(value)
        except OverflowError as error:
            raise self.no_such_year() from error
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise self.no_such_year()
        return moment

    def no_such_year(self):
        text = gettext("Choose a year from %(first)d to %(last)d. For “never” or “always”, leave this empty.")
        return ValidationError(text % {"first": FIRST_YEAR, "last": LAST_YEAR}, code="year")
