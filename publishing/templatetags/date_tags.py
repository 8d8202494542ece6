"""Dates as known (EDTF) in words of the page's language."""

from django import template
from django.utils.translation import get_language

from publishing.date_text import date_text
from publishing.dates import EdtfDate, parse_edtf

register = template.Library()


@register.filter
def edtf_text(value, place=None):
    """`"2017-04~"` → "about April 2017". Takes an EDTF string or a `date`; "" for an empty one.

    `{{ edition.date|edtf_text:edition.host_city }}`: a place tells which half of the earth the seasons are those of.
    An event says its own date: `{% short_dates event %}`.
    """
    if not value:
        return ""
    known = parse_edtf(value) if isinstance(value, str) else EdtfDate.from_days(value)
    return date_text(known, get_language() or "en", southern=bool(place and place.is_southern))
