"""When something was published in WordPress, and when an event of a plugin begins."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from moving_in.wxr.records import Item

STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
NO_DAY = date(1970, 1, 1)  # of a draft in an export that says nothing of when it was made


def stamp(text: str) -> datetime | None:
    """A naive moment of “2019-05-10 09:00:00”; None for zeros (drafts have them) and whatever else is none."""
    match = STAMP.fullmatch(text.strip())
    if match is None:
        return None
    numbers = [int(part or 0) for part in match.groups()]
    try:
        found = datetime(*numbers)
    except ValueError:
        return None
    return found if EARLIEST_YEAR <= found.year <= LATEST_YEAR else None


def published_at(item: Item, zone: ZoneInfo) -> datetime | None:
    """The aware moment at which it was (or is to be) published, to the minute; `zone` is for a file without UTC."""
    if found := stamp(item.date_gmt):
        return found.replace(tzinfo=UTC, second=0)
    if found := stamp(item.date):
        return found.replace(tzinfo=zone, second=0).astimezone(UTC)
    return rfc_date(item.pub_date)


def day_of(item: Item, export_date: str) -> date:
    """The day that it bears. A draft without one gets that of the export, never today: each run finds the same."""
    if found := stamp(item.date):
        return found.date()
    zone = timezone.get_default_timezone()
    moment = published_at(item, zone) or rfc_date(export_date)
    return moment.astimezone(zone).date() if moment else NO_DAY


def rfc_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC, second=0).astimezone(UTC)
