"""What a row of the index is, written into its number: when, what, in which language, which item.

The full-text tables of both databases give out row numbers fastest of all. So hits are counted by kind and year,
sorted by date and told apart without a look at their rows.

    year 12 bits | day of the year 9 | kind 5 | language 10 | item 27        63 bits, a positive 64-bit integer
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

ITEM, LANGUAGE, KIND, DAY, YEAR = 0, 27, 37, 42, 51
ITEMS = (1 << LANGUAGE) - 1  # the bits of the item
NO_YEAR, TO_BE_ANNOUNCED = 0, 4095


class RowId(NamedTuple):
    year: int  # NO_YEAR: not bound to a date; TO_BE_ANNOUNCED: some day, later than all
    day: int  # of the year
    kind: int
    language: int
    item: int

    @property
    def packed(self) -> int:
        return self.year << YEAR | self.day << DAY | self.kind << KIND | self.language << LANGUAGE | self.item << ITEM


def unpack(number: int) -> RowId:
    return RowId(
        number >> YEAR,
        number >> DAY & 0x1FF,
        number >> KIND & 0x1F,
        number >> LANGUAGE & 0x3FF,
        number & ITEMS,
    )


def number_of_language(code: str) -> int:
    """By its two letters, so that another language on the site changes no numbers."""
    first, second = code[:2]
    return (ord(first) - 97) * 26 + ord(second) - 97


def language_of_number(number: int, codes: list[str]) -> str:
    return next(code for code in codes if number_of_language(code) == number)


def when(day: date | None) -> tuple[int, int]:
    """(year, day of the year) of a date; nothing that has none."""
    if day is None:
        return NO_YEAR, 0
    if day.year >= TO_BE_ANNOUNCED:
        return TO_BE_ANNOUNCED, 0
    return day.year, day.timetuple().tm_yday
