"""From the fields of an item to the columns of its row."""

import datetime

from django.utils import timezone

from publishing.dates import parse_edtf
from publishing.models import State
from starter_content.checks import LANGUAGES

PUBLISHED = {"state": State.PUBLISHED}


def texts(item, *fields, **renamed):
    """Columns of translated fields, in every language: None where the item has no text, never a copy.

    `renamed` gives a column another field: `texts(item, "title", summary="teaser")`.
    """
    wanted = {**{field: field for field in fields}, **renamed}
    return {
        f"{column}_{language}": item.get(field, {}).get(language)
        for column, field in wanted.items()
        for language in LANGUAGES
    }


def slugs(item):
    """Columns of the addresses that the item gives; the model makes the others."""
    return {f"slug_{language}": slug for language, slug in item.get("slug", {}).items()}


def plain(item, *fields, empty=""):
    """Columns named like the fields; `empty` where the item does not have one."""
    return {field: item.get(field, empty) for field in fields}


def optional(item, *fields):
    """Columns that are NULL where the item does not have the field."""
    return plain(item, *fields, empty=None)


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def start_of(text, days_later=0):
    """The first moment of a day (EDTF: of the earliest day it can mean) on the secretariat's clock; None without."""
    if not text:
        return None
    date = parse_edtf(text).earliest() + datetime.timedelta(days=days_later)
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time.min), timezone.get_default_timezone())


def parents_first(items, field):
    """The items, each after the one of them that its field names."""
    waiting, done = list(items), {None}
    while waiting:
        ready = [item for item in waiting if item.get(field) in done]
        yield from ready
        done |= {item["id"] for item in ready}
        waiting = [item for item in waiting if item["id"] not in done]
