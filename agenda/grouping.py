"""A list of events under headings: by months where a month is known, else by the date's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from agenda.dates import EventDate
from agenda.models import Event
from agenda.selection import When
from publishing.date_text import date_text, months_gloss
from publishing.dates import EdtfDate, Precision

UNDER_WAY = ("under way",)


@dataclass
class Group:
    """`months` tells what the heading of a season or quarter means: "Sep–Nov"."""

    heading: str
    months: str = ""
    events: list[Event] = field(default_factory=list)


def grouped(events: Iterable[Event], when: str, now: datetime, language: str) -> list[Group]:
    """The events in their order, those of one heading together; a heading stands where the first of them did.

    Coming ones that have begun stand first, under "Under way". Others belong to the month in which they begin,
    in a list of past ones to that in which they ended.
    """
    groups: dict[tuple, Group] = {}
    for event in events:
        known = event.event_date()
        key, group = _group_of(event, known, when, now, language)
        groups.setdefault(key, group).events.append(event)
    return sorted(groups.values(), key=lambda group: group is not groups.get(UNDER_WAY))


def _group_of(event: Event, known: EventDate, when: str, now: datetime, language: str) -> tuple[tuple, Group]:
    value = known.when
    if when == When.COMING and value.is_day_precise:
        today = now.astimezone(ZoneInfo(known.time_zone)).date()
        if event.earliest < today:
            return UNDER_WAY, Group(gettext("Under way"))
    if value.precision is Precision.DAY or (value.precision is Precision.MONTH and not value.is_range):
        day = event.latest if when == When.PAST else event.earliest
        return (day.year, day.month), Group(month_text(day, language))
    value = replace(value, approximate=False)
    text = date_text(value, language, southern=known.southern)
    return (event.earliest, text), Group(text, months_gloss(value, language, southern=known.southern))


def month_text(day: date, language: str) -> str:
    """ "October 2025", "octubre de 2025"."""
    return date_text(EdtfDate(Precision.MONTH, (day.year, day.month)), language)
