"""A calendar year in an address: four digits, within what the databases can hold."""

from django.urls.converters import IntConverter

YEARS = range(1000, 3000)


class YearConverter(IntConverter):
    regex = "[12][0-9]{3}"
