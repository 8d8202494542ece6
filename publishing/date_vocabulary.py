"""What the words of a date mean, whichever of seven languages they are in.

All spellings go into one dictionary, since nobody says which language a date is in. A word with several meanings
("mar" is March or Tuesday) keeps them all, and the reader takes the one with which the whole date makes sense.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from publishing.date_spellings import LANGUAGES


class Kind(Enum):
    # Of the vocabulary:
    MONTH = auto()  # 1–12
    WEEKDAY = auto()  # 0–6 from Monday
    SEASON = auto()  # 1–4 from spring
    ORDINAL = auto()  # 1 and more; 0 is "last"
    QUARTER_WORD = auto()
    HALF_WORD = auto()  # 1 where the word alone means "the middle of"
    DECADE_WORD = auto()  # 1 where the word alone means "years"
    RELATIVE_DAY = auto()  # days from today
    ABOUT = auto()
    ROUGHLY_IN = auto()  # "early", "mid", "late"
    FROM = auto()
    BETWEEN = auto()
    TO = auto()
    UNTIL = auto()
    TO_OR_AT = auto()  # 1 where the word announces a time of day
    AND = auto()
    AT = auto()  # 1 where the hours that follow are certainly those of 24
    HOURS = auto()
    MERIDIEM = auto()  # 0 before noon, 12 after
    GLUE = auto()  # "of", "the": understood, and says nothing
    FEIRA = auto()  # Portuguese "6.ª feira" is Friday
    RECURRING = auto()
    DISTANCE = auto()  # "weeks", "soon"
    NEXT = auto()
    WEEK = auto()
    WEEKEND = auto()
    FORTNIGHT = auto()  # with an ordinal before it a half of a month
    BEFORE = auto()  # "before", "after", "no later than"
    MIDNIGHT = auto()
    UNIT = auto()  # Korean, after a number: the unit's place in UNITS_IN_KOREAN
    FROM_BEFORE = auto()  # Korean, after the start of a range
    UNTIL_BEFORE = auto()  # Korean, after its end
    # Of the written text:
    NUMBER = auto()
    YEAR = auto()
    DAY = auto()
    DATE = auto()  # (day, month, year or None)
    QUARTER = auto()
    HALF = auto()
    DECADE = auto()  # its first year, or two figures
    MINUTES = auto()
    TIME = auto()  # 1830, whether or not there is such a time
    COMMA = auto()
    DASH = auto()
    SLASH = auto()
    TILDE = auto()


class Meaning(NamedTuple):
    kind: Kind
    value: int = 0


HALVES_IN_KOREAN = ("상반기", "하반기")
WEEKDAYS_IN_KOREAN = "월화수목금토일"  # in brackets only: elsewhere 월 is "month" and 일 "day"
UNITS_IN_KOREAN = ("년", "월", "일", "분기", "년대", "시", "분", "반")

# What no single language owns.
_ANYWHERE = (
    ("aujourdhui", Kind.RELATIVE_DAY, 1),
    ("i", Kind.ORDINAL, 1),
    ("ii", Kind.ORDINAL, 2),
    ("iii", Kind.ORDINAL, 3),
    ("iv", Kind.ORDINAL, 4),
    ("feira", Kind.FEIRA, 0),
    ("부터", Kind.FROM_BEFORE, 0),
    ("에서", Kind.FROM_BEFORE, 0),
    ("까지", Kind.UNTIL_BEFORE, 0),
    ("까지는", Kind.UNTIL_BEFORE, 0),
)
_IN_A_ROW = (
    ("months", Kind.MONTH, 1),
    ("weekdays", Kind.WEEKDAY, 0),
    ("seasons", Kind.SEASON, 1),
    ("ordinals", Kind.ORDINAL, 0),
    ("days", Kind.RELATIVE_DAY, -1),
)
_ALIKE = (
    ("quarter", Kind.QUARTER_WORD, 0),
    ("semester", Kind.HALF_WORD, 0),
    ("half", Kind.HALF_WORD, 1),
    ("decade", Kind.DECADE_WORD, 0),
    ("years", Kind.DECADE_WORD, 1),
    ("about", Kind.ABOUT, 0),
    ("roughly", Kind.ROUGHLY_IN, 0),
    ("from_", Kind.FROM, 0),
    ("between", Kind.BETWEEN, 0),
    ("to", Kind.TO, 0),
    ("until", Kind.UNTIL, 0),
    ("to_or_at", Kind.TO_OR_AT, 0),
    ("to_or_at_hour", Kind.TO_OR_AT, 1),
    ("and_", Kind.AND, 0),
    ("at", Kind.AT, 0),
    ("at_24", Kind.AT, 1),
    ("hours", Kind.HOURS, 0),
    ("morning", Kind.MERIDIEM, 0),
    ("afternoon", Kind.MERIDIEM, 12),
    ("noon", Kind.TIME, 1200),
    ("glue", Kind.GLUE, 0),
    ("recurring", Kind.RECURRING, 0),
    ("distance", Kind.DISTANCE, 0),
    ("next_", Kind.NEXT, 0),
    ("week", Kind.WEEK, 0),
    ("weekend", Kind.WEEKEND, 0),
    ("fortnight", Kind.FORTNIGHT, 0),
    ("before", Kind.BEFORE, 0),
    ("midnight", Kind.MIDNIGHT, 0),
)


def _meanings() -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, dict[Meaning, None]] = {}

    def add(spellings: str, kind: Kind, value: int) -> None:
        for spelling in filter(None, spellings.split(",")):
            found.setdefault(spelling, {})[Meaning(kind, value)] = None

    for words in LANGUAGES.values():
        for name, kind, first in _IN_A_ROW:
            for value, spellings in enumerate(getattr(words, name).split("|"), start=first):
                add(spellings, kind, value)
        for name, kind, value in _ALIKE:
            add(getattr(words, name), kind, value)
    for spelling, kind, value in _ANYWHERE:
        add(spelling, kind, value)
    for value, spelling in enumerate(HALVES_IN_KOREAN, start=1):
        add(spelling, Kind.HALF, value)
    for value, spelling in enumerate(UNITS_IN_KOREAN):
        add(spelling, Kind.UNIT, value)
    return {spelling: tuple(meanings) for spelling, meanings in found.items()}


MEANINGS = _meanings()
"""Spelling → its meanings, nearly always one."""

LONGEST_SPELLING = max(spelling.count(" ") for spelling in MEANINGS) + 1
"""In words."""

# Korean joins its words to each other and to numbers, so they are found by their letters, the longest first.
HANGUL_WORD = re.compile("|".join(sorted((s for s in MEANINGS if not s.isascii()), key=len, reverse=True)))
