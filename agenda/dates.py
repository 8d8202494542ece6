"""When an event is: a date as well as it is known, with times and a time zone where they are known too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from publishing.dates import EdtfDate

_ONE_DAY, _SMALLEST_STEP = timedelta(days=1), timedelta.resolution
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """A date in a place. All instants are aware datetimes in UTC.

    `start_time` and `end_time` are wall-clock times in the IANA zone `time_zone`, the first on the first day and the
    second on the last; either may be missing, and both need a date whose days are known. `southern` says on which
    half of the earth the place lies, which decides what its seasons mean.

    Raises ValueError for times on a vague date, times that carry a zone of their own, an end before the start on a
    single day, and an unknown time zone.
    """

    when: EdtfDate
    time_zone: str
    start_time: time | None = None
    end_time: time | None = None
    southern: bool = False

    def __post_init__(self) -> None:
        _zone(self.time_zone)
        times = [value for value in (self.start_time, self.end_time) if value is not None]
        if times and not self.when.is_day_precise:
            raise ValueError(f"“{self.when}” is too vague for a time of day. Give the day, for example 2025-11-14.")
        if any(value.tzinfo is not None for value in times):
            raise ValueError("A time of day is that of the event's own time zone and carries none itself.")
        if len(times) == 2 and not self.when.is_range and self.end_time < self.start_time:
            raise ValueError(
                f"The event ends at {self.end_time:%H:%M}, before it starts at {self.start_time:%H:%M}. "
                "One that ends after midnight takes two days, for example 2025-11-14/2025-11-15."
            )

    @property
    def starts_at(self) -> datetime | None:
        """The earliest instant at which the event can start; None if its date is to be announced.

        Without a start time that is the start of the first possible day in the event's zone. A time that the clocks
        pass twice is taken the first time, one that they leap over is moved on by the length of the leap.
        """
        day = self.when.earliest(self.southern)
        if day is None:
            return None
        return _instants(day, self.start_time or time.min, self.time_zone)[0]

    @property
    def ends_at(self) -> datetime | None:
        """The instant from which the event is surely over, itself excluded; None if its date is to be announced.

        Without an end time that is the end of the last possible day in the event's zone: the midnight that starts
        the following day. An end time that the clocks pass twice is taken the second time.
        """
        day = self.when.latest(self.southern)
        if day is None:
            return None
        if self.end_time is not None:
            # A start that the clocks leap over moves on, perhaps past the end: 02:30–03:00 on the day of 23 hours.
            return max(*_instants(day, self.end_time, self.time_zone), self.starts_at)
        # A start on a day that the calendar leapt over, as 30 December 2011 in Apia, lies in the following one.
        return max(_end_of_day(day, self.time_zone), self.starts_at)

    def is_over(self, now: datetime) -> bool:
        """Whether the event is surely over at the aware moment `now`. A date to be announced never is."""
        ends_at = self.ends_at
        return ends_at is not None and now >= ends_at

    def days_left(self, now: datetime) -> int | None:
        """How many midnights, in the event's zone, lie between the aware moment `now` and its last day: 0 is "today".

        None where there is nothing to count: the days are not known, or the event is over.
        """
        if not self.when.is_day_precise or self.is_over(now):
            return None
        return (self.when.latest() - now.astimezone(_zone(self.time_zone)).date()).days

    def sort_key(self) -> tuple:
        """A key that orders all event dates totally: by first instant, exact before vague, then by last instant.

        Dates to be announced come last. Two have the same key only if they are equal.
        """
        times = tuple("" if value is None else value.isoformat() for value in (self.start_time, self.end_time))
        return (
            self.starts_at or _NEVER,
            self.when.vagueness,
            self.ends_at or _NEVER,
            self.when.edtf,
            times,
            self.time_zone,
            self.southern,
        )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    # A name that is a folder of the zone database ("Europe") is an OSError, one that leaves it a ValueError.
    except (KeyError, ValueError, OSError):
        raise ValueError(f"“{name}” is no IANA time zone. Write for example Europe/Rome.") from None


def _instants(day: date, at: time, time_zone: str) -> tuple[datetime, datetime]:
    """The two readings of a wall-clock time, in UTC; they differ only where the clocks change (PEP 495)."""
    local = datetime.combine(day, at, _zone(time_zone))
    return local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC)


def _end_of_day(day: date, time_zone: str) -> datetime:
    """The first instant after a day.

    Where clocks change at midnight, the following midnight can be missing or come twice, and of two, either can be
    the one that ends the day: the second in St John's, where 00:01 used to become 23:01; the first in Havana, where
    01:00 becomes 00:00. So the later one counts, if the moment before it still lies within the day.
    """
    first, second = _instants(day + _ONE_DAY, time.min, time_zone)
    later, sooner = max(first, second), min(first, second)
    return later if (later - _SMALLEST_STEP).astimezone(_zone(time_zone)).date() <= day else sooner
