"""Dates of events for machines, as `<time datetime>` takes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agenda.dates import EventDate
from publishing.dates import Precision


def datetime_values(value: EventDate) -> tuple[str, str]:
    """The date and, of a range, its end: "2025-11-14", "2025-11-14T12:50+01:00", "2025-11" or "2025".

    Two empty texts for what HTML cannot say: seasons, quarters, decades, "about" and "to be announced".
    """
    when = value.when
    if when.approximate or when.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return "", ""
    first, _, last = when.edtf.partition("/")
    if value.start_time is not None:
        first = local_moment(value.starts_at, value.time_zone)
    if value.end_time is not None and when.is_range:
        last = local_moment(value.ends_at, value.time_zone)
    return first, last


def local_moment(instant: datetime, time_zone: str) -> str:
    """An aware moment as the clocks of a zone show it, to the minute: "2025-11-14T12:50+01:00".

    HTML takes offsets of whole minutes only. Before zones were agreed on, cities were seconds off; then it is UTC.
    """
    local = instant.astimezone(ZoneInfo(time_zone))
    if local.utcoffset() % timedelta(minutes=1):
        return f"{instant:%Y-%m-%dT%H:%M}Z"
    return local.isoformat(timespec="minutes")
