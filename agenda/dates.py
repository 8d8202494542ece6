"""When an event is: a date as well as it is known, with times and a time zone where they are known too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale

from publishing.date_text import date_text
from publishing.date_words import words_for
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
        return _end_of_day(day, self.time_zone)

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


def times_text(value: EventDate, language: str) -> str:
    """Say the times and whose they are: "10:00–12:00 (Lisbon time)"; empty without times.

    On a range of days each time says its day too: "1 October, 10:00 – 3 October, 12:00 (Lisbon time)".

    Raises ValueError for a language without words for dates.
    """
    if value.start_time is None and value.end_time is None:
        return ""
    words = words_for(language)
    until, of_city, contractions = _TIME_WORDS[words.locale]
    start = _clock(value, value.start_time, value.when.earliest(), language)
    end = _clock(value, value.end_time, value.when.latest(), language)
    if start and end:
        times = f"{start}{words.wide_dash if value.when.is_range else words.dash}{end}"
    else:
        times = start or until.format(time=end)
    city = _city(value.time_zone, words.locale)
    if city.startswith("UTC"):
        return f"{times} ({city})"
    place = of_city.format(city=city)
    for pattern, contracted in contractions:
        place = re.sub(pattern, contracted, place)
    return f"{times} ({place})"


# Per language: how an end alone is said, how a time belongs to a city, and where that "of" melts into the name.
_TIME_WORDS: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "en_GB": ("until {time}", "{city} time", ()),
    "es": ("hasta las {time}", "hora de {city}", ((r"de (?=Azores)", "de las "),)),
    "fr": (
        "jusqu’à {time}",
        "heure de {city}",
        (("de Le ", "du "), ("de (?=Açores)", "des "), ("de (?=[AEIOUÂÉÈÊÎ])", "d’")),
    ),
    "ca": (
        "fins a les {time}",
        "hora de {city}",
        (
            ("de (.+), el$", r"del \1"),
            ("de (?=Açores)", "de les "),
            ("de (?=Havana)", "de l’"),
            ("de (?=[AEIOUHÀÈÉÍÒÓÚ])", "d’"),
        ),
    ),
    "pt_PT": (
        "até às {time}",
        "hora de {city}",
        (("de (?=Açores)", "dos "), ("de (?=Madeira)", "da "), ("de (?=Cairo)", "do ")),
    ),
    "it": (
        "fino alle {time}",
        "ora di {city}",
        (("di Il ", "del "), ("di L’", "dell’"), ("di (?=Azzorre)", "delle ")),
    ),
    "ko": ("{time}까지", "{city} 시간", ()),
}


def _clock(value: EventDate, at: time | None, day: date, language: str) -> str:
    if at is None:
        return ""
    # An end alone follows the range it belongs to ("22 April – 15 October, until 12:00") and needs no day.
    if not value.when.is_range or value.start_time is None:
        return f"{at:%H:%M}"
    return f"{date_text(EdtfDate.from_days(day), language, form='compact', today=day)}, {at:%H:%M}"


@cache
def _city(time_zone: str, locale: str) -> str:
    """The city that a zone is named after, in the words of CLDR; "UTC" or "UTC−12" for a zone without a place."""
    if time_zone in ("UTC", "GMT") or time_zone.startswith("Etc/"):
        # Etc/GMT+12 lies twelve hours *behind* UTC: the signs of these names are those of POSIX.
        offset = time_zone.partition("GMT")[2].translate(str.maketrans("+-", "−+"))
        return f"UTC{offset}" if offset.strip("−+0") else "UTC"
    zones = Locale.parse(locale).time_zones
    # CLDR keeps the names of the first edition: America/Cordoba for America/Argentina/Cordoba.
    for key in (time_zone, time_zone.replace("/Argentina/", "/")):
        if city := zones.get(key, {}).get("city"):
            return city
    return time_zone.rsplit("/", 1)[-1].replace("_", " ")


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
