"""A month in an address: two digits, so that each has one address only."""

from django.urls.converters import IntConverter


class MonthConverter(IntConverter):
    regex = "0[1-9]|1[0-2]"

    def to_url(self, value):
        return f"{value:02d}"
