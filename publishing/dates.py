"""Calendar dates exactly as well as they are known: a day, a season, a year, "to be announced".

The written form is EDTF (ISO 8601-2:2019), of which an association needs levels 0 and 1 without open ranges, and
from level 2 the quarters:

    2025-11-14               a day                      2025-10-01/2025-10-03    a range of days
    2025-11                  a month                    2025-09/2025-10          a range of months
    2025-21 … 2025-24        spring … winter            2025-33 … 2025-36        first … fourth quarter
    2028                     a year                     2025/2027                a range of years
    199X                     a decade                   2017-04~                 about then
    XXXX                     to be announced

Every date has one spelling only, so two dates are equal exactly when their texts are.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

# Python's calendar ends with 9999; a winter that runs into the next year, and the midnight after it, must still fit.
FIRST_YEAR, LAST_YEAR = 1000, 9998

SPRING, SUMMER, AUTUMN, WINTER = 1, 2, 3, 4

_SEASON_CODES = {21: SPRING, 22: SUMMER, 23: AUTUMN, 24: WINTER}
_QUARTER_CODES = {33: 1, 34: 2, 35: 3, 36: 4}
_FIRST_MONTH_OF_SEASON = {SPRING: 3, SUMMER: 6, AUTUMN: 9, WINTER: 12}

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DECADE = re.compile(r"([0-9]{3})X")


class Precision(StrEnum):
    """How finely a date is known. Declared from the finest to the coarsest; sorting relies on that order."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    UNKNOWN = "unknown"


_RANK = {precision: rank for rank, precision in enumerate(Precision)}
_PARTS = {
    Precision.DAY: 3,
    Precision.MONTH: 2,
    Precision.SEASON: 2,
    Precision.QUARTER: 2,
    Precision.YEAR: 1,
    Precision.DECADE: 1,
    Precision.UNKNOWN: 0,
}
_WITH_RANGES = (Precision.DAY, Precision.MONTH, Precision.YEAR)
_NO_VAGUE_RANGES = "a range cannot be approximate. Write one coarser date instead, for example 2017-04~ or 2017~."


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date, or a range of dates, as well as it is known.

    `start` and `end` hold as many numbers as the precision needs: (year, month, day), (year, month),
    (year, season 1–4 from spring), (year, quarter 1–4), (year,), (first year of the decade,), or nothing.
    `end` is the last day, month or year of a range, itself included, and None where there is no range.

    Most code makes one with `parse_edtf` or `EdtfDate.from_days`. A value that is no date raises ValueError,
    however it was made.
    """

    precision: Precision
    start: tuple[int, ...]
    end: tuple[int, ...] | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        for parts in (self.start, self.end):
            if parts is not None:
                _check_parts(self.precision, parts)
        if self.end is not None:
            self._check_range(self.end)
        if self.approximate and self.precision is Precision.UNKNOWN:
            raise ValueError("“XXXX~”: a date to be announced cannot be approximate. Write XXXX.")

    def _check_range(self, end: tuple[int, ...]) -> None:
        if self.precision not in _WITH_RANGES:
            raise ValueError(
                f"“{self}”: a {self.precision} cannot be an end of a range. "
                "Ranges run between days, months or years, for example 2025-09/2025-11."
            )
        if end < self.start:
            raise ValueError(
                f"“{self}”: the end lies before the start. Write the earlier date first, "
                f"for example {_write(self.precision, end)}/{_write(self.precision, self.start)}."
            )
        if end == self.start:
            raise ValueError(
                f"“{self}”: the range starts and ends at the same date. "
                f"Write it once, for example {_write(self.precision, end)}."
            )
        if self.approximate:
            raise ValueError(f"“{self}”: {_NO_VAGUE_RANGES}")

    @classmethod
    def from_days(cls, first: date, last: date | None = None) -> EdtfDate:
        """The day `first`, or the range that ends with the day `last`; the same day twice is one day."""
        end = None if last is None or last == first else (last.year, last.month, last.day)
        return cls(Precision.DAY, (first.year, first.month, first.day), end)

    @property
    def edtf(self) -> str:
        """The date in EDTF. `parse_edtf` reads it back to an equal value."""
        text = _write(self.precision, self.start)
        if self.end is not None:
            text = f"{text}/{_write(self.precision, self.end)}"
        return f"{text}~" if self.approximate else text

    def __str__(self) -> str:
        return self.edtf

    @property
    def is_range(self) -> bool:
        return self.end is not None

    @property
    def is_day_precise(self) -> bool:
        """Whether the first and last day are really known: "about 7 April" is not day-precise."""
        return self.precision is Precision.DAY and not self.approximate

    @property
    def is_to_be_announced(self) -> bool:
        return self.precision is Precision.UNKNOWN

    @property
    def vagueness(self) -> int:
        """0 for days that are known, rising with coarser and with approximate dates.

        Kept beside the earliest start in the database, it lets a query sort as `sort_key` does.
        """
        return 2 * _RANK[self.precision] + self.approximate

    def earliest(self, southern: bool = False) -> date | None:
        """The first day that the date can mean, or None if it is to be announced.

        A season is three whole months. North: spring March–May, summer June–August, autumn September–November,
        winter December–February. In the south each is half a year away: autumn March–May, winter June–August,
        spring September–November, summer December–February. The season that crosses New Year belongs to the year
        of its December: 2025-24 is December 2025–February 2026 in the north (and 2025-22 is so in the south).

        "About" does not move the bounds: nobody can say by how much. About April 2017 is April 2017.
        """
        return self._bound(self.start, last=False, southern=southern)

    def latest(self, southern: bool = False) -> date | None:
        """The last day that the date can mean, itself included; the rules are those of `earliest`."""
        return self._bound(self.start if self.end is None else self.end, last=True, southern=southern)

    def _bound(self, parts: tuple[int, ...], *, last: bool, southern: bool) -> date | None:
        match self.precision:
            case Precision.UNKNOWN:
                return None
            case Precision.DAY:
                return date(*parts)
            case Precision.DECADE:
                return date(parts[0] + 9, 12, 31) if last else date(parts[0], 1, 1)
            case Precision.YEAR:
                return date(parts[0], 12, 31) if last else date(parts[0], 1, 1)
        year, number = parts
        match self.precision:
            case Precision.MONTH:
                first_month, months = number, 1
            case Precision.QUARTER:
                first_month, months = 3 * number - 2, 3
            case _:
                first_month, months = _FIRST_MONTH_OF_SEASON[number], 3
                if southern:
                    first_month = first_month + 6 if first_month <= 6 else first_month - 6
        if not last:
            return date(year, first_month, 1)
        year, month = year + (first_month + months - 2) // 12, (first_month + months - 2) % 12 + 1
        return date(year, month, monthrange(year, month)[1])

    def sort_key(self, southern: bool = False) -> tuple[date, int, date, str]:
        """A key that orders all dates totally: by earliest day, exact before vague, then by last day.

        Dates to be announced come last. Two dates have the same key only if they are equal.
        """
        earliest, latest = self.earliest(southern), self.latest(southern)
        return (earliest or date.max, self.vagueness, latest or date.max, self.edtf)


@lru_cache(4096)
def parse_edtf(text: str) -> EdtfDate:
    """Read a date in EDTF (ISO 8601-2, the part described at the head of this module).

    Raises ValueError, with a message that names what is wrong and shows how to write it, for anything else:
    also for spaces around the date, since each date has one spelling only.
    """
    first, slash, last = text.partition("/")
    if not slash:
        approximate = first.endswith("~")
        precision, start = _parse_point(first.removesuffix("~"), text)
        return EdtfDate(precision, start, approximate=approximate)
    if {first, last} & {"", "..", "XXXX"}:
        raise ValueError(f"“{text}”: a range needs both ends, for example 2025-10-01/2025-10-03 or 2023/2025.")
    if "~" in text:
        raise ValueError(f"“{text}”: {_NO_VAGUE_RANGES}")
    precision, start = _parse_point(first, text)
    end_precision, end = _parse_point(last, text)
    if precision is not end_precision:
        raise ValueError(
            f"“{text}”: one end is a {precision}, the other a {end_precision}. "
            "Write both alike, for example 2025-09/2025-10 or 2025-09-01/2025-10-15."
        )
    return EdtfDate(precision, start, end)


def _parse_point(point: str, text: str) -> tuple[Precision, tuple[int, ...]]:
    """Read one end of the date `text`, which is quoted in messages."""
    if point == "XXXX":
        return Precision.UNKNOWN, ()
    if match := _DECADE.fullmatch(point):
        return Precision.DECADE, (int(match[1]) * 10,)
    match = _POINT.fullmatch(point)
    if match is None:
        raise ValueError(f"“{text}”: {_what_is_wrong(point)}")
    year, number, day = (None if part is None else int(part) for part in match.groups())
    if number is None:
        return Precision.YEAR, (year,)
    if day is not None:
        return Precision.DAY, (year, number, day)
    if number in _SEASON_CODES:
        return Precision.SEASON, (year, _SEASON_CODES[number])
    if number in _QUARTER_CODES:
        return Precision.QUARTER, (year, _QUARTER_CODES[number])
    if number > 12:
        raise ValueError(
            f"“{text}”: {number} is neither a month (01–12) nor a season (21–24) nor a quarter (33–36). "
            "Write for example 2025-11, 2025-23 for autumn or 2025-36 for the fourth quarter."
        )
    return Precision.MONTH, (year, number)


def _what_is_wrong(point: str) -> str:
    if "?" in point or "%" in point:
        return "the only mark for an uncertain date is ~ at its end, for example 2017-04~."
    if "~" in point:
        return "~ stands once, at the end of the date, for example 2017-04~ or 2017-04-07~."
    if "X" in point.upper():
        return (
            "X stands only for the last figure of a decade (199X) or for a date to be announced (XXXX). "
            "Leave out what is not known, for example 2025-11 for some day in November."
        )
    if "T" in point or ":" in point:
        return "a date has no time of day. Write for example 2025-11-14."
    return (
        "not a date in EDTF. Write for example 2025-11-14, 2025-10-01/2025-10-03, 2025-11, 2025-23 for autumn, "
        "2028, or XXXX for a date to be announced."
    )


def _write(precision: Precision, parts: tuple[int, ...]) -> str:
    match precision:
        case Precision.UNKNOWN:
            return "XXXX"
        case Precision.DECADE:
            return f"{parts[0] // 10:03d}X"
        case Precision.SEASON:
            return f"{parts[0]:04d}-{parts[1] + 20}"
        case Precision.QUARTER:
            return f"{parts[0]:04d}-{parts[1] + 32}"
    return "-".join(f"{part:0{width}d}" for part, width in zip(parts, (4, 2, 2), strict=False))


def _check_parts(precision: Precision, parts: tuple[int, ...]) -> None:
    if len(parts) != _PARTS[precision]:
        raise ValueError(f"A {precision} needs {_PARTS[precision]} numbers, not {len(parts)}: {parts}")
    if not parts:
        return
    text, year = _write(precision, parts), parts[0]
    if not FIRST_YEAR <= year <= LAST_YEAR or (precision is Precision.DECADE and year + 9 > LAST_YEAR):
        raise ValueError(f"“{text}”: years run from {FIRST_YEAR} to {LAST_YEAR}, for example 2025.")
    if precision is Precision.DECADE and year % 10:
        raise ValueError(f"A decade is given by its first year, for example 1990, not {year}.")
    if precision in (Precision.SEASON, Precision.QUARTER) and not 1 <= parts[1] <= 4:
        raise ValueError(f"A {precision} has a number from 1 to 4, not {parts[1]}.")
    if precision in (Precision.DAY, Precision.MONTH) and not 1 <= parts[1] <= 12:
        raise ValueError(f"“{text}”: months run from 01 to 12, for example {year}-11.")
    if precision is Precision.DAY:
        days = monthrange(year, parts[1])[1]
        if not 1 <= parts[2] <= days:
            month = _write(Precision.MONTH, parts[:2])
            raise ValueError(f"“{text}”: {month} has days 01 to {days}, for example {month}-{days}.")


TO_BE_ANNOUNCED = EdtfDate(Precision.UNKNOWN, ())
