"""A month as a calendar: weeks from Monday to Sunday, and on each day what is on."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from agenda.models import Event
from publishing.date_words import weekday_names as day_names
from publishing.date_words import words_for

# So many bars lie above one another in a week; what runs besides is named on each of its days.
LANES = 3
# So many single dates a day shows at once; the others unfold.
SHOWN = 4


@dataclass(frozen=True)
class Entry:
    """An event on one of its days.

    A bar begins with `span`, the days that it covers in this week, and goes on with 0 on those days. `skip` lanes
    above it are free. `is_first` on the event's first day in this month, where a list of days names it.
    """

    event: Event
    span: int = 1
    skip: int = 0
    is_bar: bool = False
    is_first: bool = True
    comes_from_before: bool = False
    goes_on: bool = False

    @property
    def continues(self) -> bool:
        return self.is_bar and self.span == 0


@dataclass
class Day:
    date: date
    is_today: bool = False
    entries: list[Entry] = field(default_factory=list)
    more: list[Entry] = field(default_factory=list)

    @property
    def starts_something(self) -> bool:
        return any(entry.is_first for entry in (*self.entries, *self.more))


@dataclass
class MonthGrid:
    """`weeks` have seven places each, None outside the month; `throughout` is what leaves no day of it out."""

    weeks: list[list[Day | None]]
    throughout: list[Event]

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day]

    @property
    def is_empty(self) -> bool:
        return not self.throughout and not any(day.entries for day in self.days)


def month_bounds(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def month_beside(year: int, month: int, step: int) -> tuple[int, int]:
    """The year and month that lie `step` months further on."""
    number = year * 12 + month - 1 + step
    return number // 12, number % 12 + 1


def weekday_names(language: str) -> list[tuple[str, str]]:
    """(abbreviated, in full) from Monday."""
    words = words_for(language)
    return list(zip(day_names(words, short=True), day_names(words), strict=True))


def month_grid(year: int, month: int, events: Iterable[Event], today: date) -> MonthGrid:
    """Events whose days are known, in their order, on their days.

    A deadline stands on its last day: the weeks in which something can be handed in are no event.
    """
    first, last = month_bounds(year, month)
    throughout: list[Event] = []
    bars: list[Event] = []
    single: dict[date, list[Event]] = {}
    for event in events:
        if event.is_deadline and first <= event.latest <= last:
            single.setdefault(event.latest, []).append(event)
        elif event.is_deadline or (event.earliest <= first and event.latest >= last):
            throughout.append(event)
        elif event.earliest == event.latest:
            single.setdefault(event.earliest, []).append(event)
        else:
            bars.append(event)
    days = {day: Day(day, day == today) for day in _days(first, last)}
    weeks = [
        [days.get(monday + timedelta(days=number)) for number in range(7)]
        for monday in _days(first - timedelta(days=first.weekday()), last, step=7)
    ]
    for week in weeks:
        _fill_week([day for day in week if day], bars, single)
    return MonthGrid(weeks, throughout)


def _days(first: date, last: date, step: int = 1) -> list[date]:
    return [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]


def _fill_week(days: Sequence[Day], bars: Iterable[Event], single: dict[date, list[Event]]) -> None:
    first, last = days[0].date, days[-1].date
    lanes: list[dict[date, Event]] = [{} for _ in range(LANES)]
    homeless: list[Event] = []
    here = [event for event in bars if event.earliest <= last and event.latest >= first]
    for event in sorted(here, key=lambda event: (max(event.earliest, first), -min(event.latest, last).toordinal())):
        covered = _days(max(event.earliest, first), min(event.latest, last))
        lane = next((lane for lane in lanes if covered[0] not in lane), None)
        if lane is None:
            homeless.append(event)
        else:
            lane.update(dict.fromkeys(covered, event))
    month_first = first.replace(day=1)
    for day in days:
        free = 0
        for lane in lanes:
            event = lane.get(day.date)
            if event is None:
                free += 1
                continue
            starts = day.date == max(event.earliest, first)
            day.entries.append(
                Entry(
                    event,
                    span=(min(event.latest, last) - day.date).days + 1 if starts else 0,
                    skip=free,
                    is_bar=True,
                    is_first=day.date == max(event.earliest, month_first),
                    comes_from_before=event.earliest < day.date,
                    goes_on=event.latest > last,
                )
            )
            free = 0
        alone = [
            Entry(event, is_first=day.date == max(event.earliest, month_first))
            for event in homeless
            if event.earliest <= day.date <= event.latest
        ]
        alone += [Entry(event) for event in single.get(day.date, ())]
        shown = SHOWN if len(alone) <= SHOWN else SHOWN - 1
        day.entries += alone[:shown]
        day.more += alone[shown:]
