"""Time zones for calendars (VTIMEZONE, RFC 5545, section 3.6.5): only what the times sent need.

A reader takes the latest change before a time. So for every time the last change of its zone's clocks is written down,
and only where it makes a difference to the time before. A whole zone would be a hundred changes for one event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

# Shorter than the time between any two changes of one clock: the closest of our time are seven days apart.
_STEP = timedelta(days=3)
_SECOND = timedelta(seconds=1)


class Change(NamedTuple):
    """Clocks change at an instant (in UTC). What is called standard time is where they are put back to."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str


@cache
def zone_of(name: str) -> ZoneInfo:
    """Kept for good: ZoneInfo itself remembers eight zones and would read the others from the disk, event by event."""
    return ZoneInfo(name)


def timezone_lines(name: str, times: Iterable[datetime]) -> Iterator[str]:
    """A VTIMEZONE by which local times of the zone (aware datetimes, none of them in doubt) are understood.

    Every change has a part of its own. Alike ones could share one through RDATE, but ical.js takes only the first date
    of such a list, and forgets the one it begins with.
    """
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{name}"
    for change in needed_changes(name, times):
        part = "DAYLIGHT" if change.after > change.before else "STANDARD"
        yield f"BEGIN:{part}"
        yield f"DTSTART:{change.at + change.before:%Y%m%dT%H%M%S}"
        yield f"TZOFFSETFROM:{offset(change.before)}"
        yield f"TZOFFSETTO:{offset(change.after)}"
        yield f"TZNAME:{change.name}"
        yield f"END:{part}"
    yield "END:VTIMEZONE"


def needed_changes(name: str, times: Iterable[datetime]) -> list[Change]:
    needed: list[Change] = []
    for at in sorted({time.astimezone(UTC) for time in times}):
        change = last_change(name, at)
        if not needed or (needed[-1].after, needed[-1].name) != (change.after, change.name):
            needed.append(change)
    return needed


def last_change(name: str, at: datetime) -> Change:
    """The last change of a zone's clocks up to an instant; where there was none of late, one that changes nothing."""
    for year in (at.year, at.year - 1):
        for change in reversed(changes(name, year)):
            if change.at <= at:
                return change
    local = at.astimezone(zone_of(name))
    return Change(datetime(at.year - 1, 1, 1, tzinfo=UTC), local.utcoffset(), local.utcoffset(), local.tzname())


@lru_cache(maxsize=2000)
def changes(name: str, year: int) -> tuple[Change, ...]:
    """The changes of a zone's clocks within a year of UTC. Python knows them but does not tell, so we look."""
    zone = zone_of(name)

    def state(at: datetime) -> tuple[timedelta, str]:
        local = at.astimezone(zone)
        return local.utcoffset(), local.tzname()

    found = []
    # A change at the very first instant of a year counts for that year.
    before, end = datetime(year, 1, 1, tzinfo=UTC) - _SECOND, datetime(year + 1, 1, 1, tzinfo=UTC) - _SECOND
    while before < end:
        after = min(before + _STEP, end)
        old, new = state(before), state(after)
        if old != new:
            low, high = before, after
            while high - low > _SECOND:
                middle = (low + (high - low) // 2).replace(microsecond=0)
                low, high = (middle, high) if state(middle) == old else (low, middle)
            found.append(Change(high, old[0], new[0], new[1]))
        before = after
    return tuple(found)


def offset(value: timedelta) -> str:
    """“+0100”; with seconds where a clock of old had them."""
    seconds = int(value.total_seconds())
    sign, seconds = "-" if seconds < 0 else "+", abs(seconds)
    text = f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}"
    return text + (f"{seconds % 60:02}" if seconds % 60 else "")
