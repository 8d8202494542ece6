"""The first half of reading a date: from the written text to the things it names.

A text becomes a row of tokens. Where something can mean two things ("mar", "14.11", "2011–12") the row branches, and
`date_reader` finds out which of the branches is a date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from publishing.date_refusals import not_a_date, not_understood
from publishing.date_vocabulary import (
    HANGUL_WORD,
    LONGEST_SPELLING,
    MEANINGS,
    WEEKDAYS_IN_KOREAN,
    Kind,
    Meaning,
)

LONGEST_TEXT = 200  # a date in any language is far shorter


class Token(NamedTuple):
    kind: Kind
    value: int | tuple[int, int, int | None] = 0
    text: str = ""  # as it was written, for messages; of a number, to count its figures


Branches = tuple[tuple[Token, ...], ...]
"""What one piece of the text can mean: nearly always one thing, and nearly always one token."""

_SAME_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑−﹣－", "-"),
        **dict.fromkeys("‒–—―→", "–"),  # apart from the hyphen, which alone stands in EDTF: 2023-24 is a winter
        **dict.fromkeys("〜～∼˜", "~"),
        **dict.fromkeys("’‘ʼ´`′＇‛", "'"),
        **dict.fromkeys("·|;", ","),
        **dict.fromkeys('"“”„«»'),
        "°": "º",  # on many keyboards the nearer of the two
    }
)
_AFTER_DAY_COMES_NIGHT = re.compile(r"\b([ap])\. ?m\b\.?")
_HYPHENED = re.compile(r"\b(mid|mi|early|late|end|meio|apres|ore|week)-(?=[a-z0-9])|-(?=feira\b)")
_MONTH_IN_FIGURES = re.compile(r"(?<![\w.])([0-9]{1,2})([-./])([a-z]+)\.?(?:\2([0-9]{4}|[0-9]{2})(?![0-9]))?")
_WORD_AND_YEAR = re.compile(r"\b([a-z]+|[qths][1-4])\.?[-/]([0-9]{4})(?![0-9])")
_QUARTER_AND_SHORT_YEAR = re.compile(r"\b(?:([qts][1-4]|h[12])[-/]|([1-4][qt]|[12]s))([0-9]{2})(?![0-9])")
_ROMAN_MONTH = re.compile(
    r"(?<![\w.])([0-9]{1,2})([-./ ])(xii|xi|ix|iv|vi{0,3}|x|i{1,3})\.?\2([0-9]{4}|[0-9]{2}(?=$|[^0-9]))(?![0-9])"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SPANISH_MINUTES = re.compile(r"(?<![0-9])([0-9]{1,2})[',]([0-9]{2}) ?(?=(?:h|hs|horas|hores)\b)")
_KOREAN_DAY = re.compile(r"\b[0-9]{4}\. [0-9]{1,2}\. [0-9]{1,2}\b")
_YEAR_AND_QUARTER = re.compile(r"\b([0-9]{4})[-/]([qths][1-4])\b")

_TOKEN = re.compile(
    r"""
      (?P<skipped> \  | (?<=[\w)])\.(?!\.) | '(?![0-9]) | (?<=[0-9])t(?=[0-9]{2}:) )
    | (?P<year_first> ([0-9]{4}) ([-–]|\ ?/\ ?|\.\ ?) ([0-9]{1,2}) \4 ([0-9]{1,2}) (?![0-9]) )
    | (?P<day_first> ([0-9]{1,2}) ([-–]|\ ?/\ ?|\.\ ?) ([0-9]{1,2}) \9 ([0-9]{4}|[0-9]{2}) (?![0-9:]) )
    | (?P<half_of_year> ([12])h(?=\ ?[0-9]{4}(?![0-9])) )
    | (?P<clock> ([0-9]{1,2}) (?: :([0-9]{2})(?::00)?(?![0-9:]) | h([0-9]{2})?(?:m|mn|min)?(?![a-z0-9:])
          | \ h\ ([0-9]{2})(?!\ ?[a-z])(?![0-9:]) ) )
    | (?P<decade> ([0-9]{3})x(?![a-z0-9]) | '?([0-9]{3}0|[0-9]0)'?s(?![a-z0-9]) )
    | (?P<quarter> [qt]\.?\ ?([1-4])(?![a-z0-9]) | ([1-4])\.?\ ?[qt](?![a-z0-9]) )
    | (?P<half> [hs]([12])(?![a-z0-9]) | ([12])s(?![a-z0-9]) )
    | (?P<month_year> ([0-9]{1,2}) [-–/.] ([0-9]{4}) (?![0-9:]) )
    | (?P<year_number> ([0-9]{4}) ([-–/.]) ([0-9]{1,2}) (?![a-z0-9:]) )
    | (?P<pair> ([0-9]{1,2}) ([/.]) ([0-9]{1,2}) (?![0-9/:]) )
    | (?P<short_year> '([0-9]{2}) (?![a-z0-9]) )
    | (?P<ordinal> ([0-9]{1,2}) \.? (?:st|nd|rd|th|ero|era|er|ere|re|nde|e|eme|ieme|o|a|r|n|t|ro|do|to|ra)
          (?![a-z0-9]) )
    | (?P<number> [0-9]+ )
    | (?P<sign> [-–]+ | [/&~,@+] )
    | (?P<words> [a-z]+(?:\ [a-z]+)* )
    | (?P<hangul> [가-힣] )
    """,
    re.VERBOSE,
)
_SIGNS = {"/": Kind.SLASH, "&": Kind.AND, "+": Kind.AND, "~": Kind.TILDE, ",": Kind.COMMA, "@": Kind.AT}


def plain(text: str) -> str:
    """The text in small letters without accents, with one kind of each sign and single spaces between words."""
    if len(text) > LONGEST_TEXT:
        raise not_a_date()
    text = unicodedata.normalize("NFKD", text.translate(_SAME_SIGNS).casefold())
    # Accents go; so do signs without width, such as the marks of writing direction that come along from Word.
    text = "".join(sign for sign in text if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")
    text = unicodedata.normalize("NFC", text)  # NFKD takes Korean syllables apart too
    return " ".join(re.sub(r"(?<=[a-z])'", " ", text).split())


def branches_of(text: str) -> list[Branches]:
    """What each piece of a `plain` text can mean. Raises UnreadableDate for a piece that means nothing."""
    text = _AFTER_DAY_COMES_NIGHT.sub(r"\1m", text)
    text = _SPANISH_MINUTES.sub(r"\1:\2", text)
    text = _ROMAN_MONTH.sub(_month_in_figures, text)
    text = _QUARTER_AND_SHORT_YEAR.sub(lambda m: f"{m[1] or m[2]} '{m[3]}", text)
    if _KOREAN_DAY.search(text):
        text = re.sub(r"(?<=[0-9])\. (?=[0-9])", ".", text)
    text = _HYPHENED.sub(lambda match: f"{match[1] or ''} ", text)
    text = _MONTH_IN_FIGURES.sub(_spaced_month, text)
    text = _WORD_AND_YEAR.sub(lambda m: f"{m[1]} {m[2]}" if _is_word_of_year(m[1]) else m[0], text)
    text = _YEAR_AND_QUARTER.sub(r"\1 \2", text)
    found: list[Branches] = []
    position, year_first = 0, False
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise not_understood(text[position])
        name, position = match.lastgroup, match.end()
        if name == "skipped":
            continue
        if name == "words":
            position = match.start() + _add_words(match[0], found)
        elif name == "hangul":
            position = _add_hangul(text, match.start(), found)
        elif name == "pair":
            found.append(_pair(match, year_first))
        else:
            year_first = year_first or name == "year_first"
            found.append(_IN_FIGURES[name](match))
    return found


def weekday_in_brackets(text: str) -> str | None:
    """The name of the weekday that a `plain` text is ("fri", "금"), else None."""
    if len(text) == 1 and text in WEEKDAYS_IN_KOREAN:
        return f"{text}요일"
    text = text.rstrip(".")
    return text if any(meaning.kind is Kind.WEEKDAY for meaning in MEANINGS.get(text, ())) else None


def this_century(year: int) -> int:
    """The year that two figures mean: 00–69 lie in this century, 70–99 in the last."""
    return year + (2000 if year < 70 else 1900)


def _is_month(word: str) -> bool:
    return any(meaning.kind is Kind.MONTH for meaning in MEANINGS.get(word, ()))


def _is_word_of_year(word: str) -> bool:
    return word[-1].isdigit() or _is_month(word) or MEANINGS.get(word, (Meaning(Kind.GLUE),))[0].kind is Kind.SEASON


def _spaced_month(match: re.Match[str]) -> str:
    """ "14-nov-2025" has hyphens that part nothing; in "September 30-October 2" it does."""
    before = match.string[: match.start()].rstrip(" .").rpartition(" ")[2]
    if not _is_month(match[3]) or _is_month(before):
        return match[0]
    year = match[4] or ""
    apostrophe = "'" if len(year) == 2 else ""
    return f"{match[1]} {match[3]} {apostrophe}{year}"


def _month_in_figures(match: re.Match[str]) -> str:
    """ "14-XI-2025" and "14 XI 2025"; but "2 i 3 2026" has no month, for "i" is "and"."""
    day, sign, month, year = match.groups()
    return match[0] if sign == " " and month == "i" else f"{day}/{_ROMAN.index(month) + 1}/{year}"


def _add_words(text: str, found: list[Branches]) -> int:
    """Add what the longest known spelling at the start of the text means; return its length."""
    words = text.split(" ", LONGEST_SPELLING)[:LONGEST_SPELLING]
    for count in range(len(words), 0, -1):
        spelling = " ".join(words[:count])
        if spelling in MEANINGS:
            _add(spelling, found)
            return len(spelling)
    raise not_understood(words[0])


def _add_hangul(text: str, position: int, found: list[Branches]) -> int:
    match = HANGUL_WORD.match(text, position)
    if match is None:
        raise not_understood(text[position:].split(" ")[0])
    _add(match[0], found)
    return match.end()


def _add(spelling: str, found: list[Branches]) -> None:
    meanings = MEANINGS[spelling]
    branches = tuple(() if meaning.kind is Kind.GLUE else (Token(*meaning, spelling),) for meaning in meanings)
    if branches != ((),):
        found.append(branches)


def _one(kind: Kind, value: int | tuple[int, int, int | None], text: str) -> Branches:
    return ((Token(kind, value, text),),)


def _groups(match: re.Match[str]) -> list[str]:
    """What the inner groups of a token hold, the outer one left out."""
    return [group for group in match.groups()[match.lastindex :] if group is not None]


def _clock(match: re.Match[str]) -> Branches:
    hour, minute = [*map(int, _groups(match)), 0][:2]
    return _one(Kind.TIME, hour * 100 + minute, match[0])


def _decade(match: re.Match[str]) -> Branches:
    figures = _groups(match)[0]
    return _one(Kind.DECADE, int(figures) * 10 if len(figures) == 3 else int(figures), match[0])


def _month_year(match: re.Match[str]) -> Branches:
    month, year = _groups(match)
    return ((Token(Kind.MONTH, int(month), month), Token(Kind.NUMBER, int(year), year)),)


def _year_number(match: re.Match[str]) -> Branches:
    """2025-11, 2025-23 and 2025-36 as EDTF has them; or two years, 2025–27."""
    year, sign, number = _groups(match)
    value, year_token = int(number), Token(Kind.NUMBER, int(year), year)
    branches: list[tuple[Token, ...]] = []
    if sign == "-" and 21 <= value <= 24:
        branches.append((year_token, Token(Kind.SEASON, value - 20, number)))
    elif sign == "-" and 33 <= value <= 36:
        branches.append((year_token, Token(Kind.QUARTER, value - 32, number)))
    elif value <= 12 or value < int(year) % 100:
        branches.append((year_token, Token(Kind.MONTH, value, number)))
    if sign != ".":
        branches.append((year_token, Token(Kind.DASH, 0, sign), Token(Kind.NUMBER, value, number)))
    return tuple(branches)


def _pair(match: re.Match[str], year_first: bool) -> Branches:
    """14/11 is a day, or two as in "26/27 September"; 14.11 is a day or a time. After 2025.11.14 months come first."""
    first, sign, second = _groups(match)
    day, month = (second, first) if year_first else (first, second)
    as_day = (Token(Kind.DATE, (int(day), int(month), None), match[0]),)
    if sign == ".":
        as_time = (Token(Kind.TIME, int(first) * 100 + int(second), match[0]),)
        return (as_day, as_time) if len(second) == 2 else (as_day,)
    ends = [Token(Kind.NUMBER, int(number), number) for number in (first, second)]
    as_two = (ends[0], Token(Kind.SLASH, 0, sign), ends[1])
    # The refusal of the first is the one that people hear of.
    return (as_two, as_day) if 12 < int(first) < int(second) else (as_day, as_two)


def _year_first(match: re.Match[str]) -> Branches:
    year, _sign, month, day = _groups(match)
    return _one(Kind.DATE, (int(day), int(month), int(year)), match[0])


def _day_first(match: re.Match[str]) -> Branches:
    day, _sign, month, year = _groups(match)
    return _one(Kind.DATE, (int(day), int(month), int(year) if len(year) == 4 else this_century(int(year))), match[0])


_IN_FIGURES: dict[str | None, Callable[[re.Match[str]], Branches]] = {
    "year_first": _year_first,
    "day_first": _day_first,
    "clock": _clock,
    "decade": _decade,
    "quarter": lambda match: _one(Kind.QUARTER, int(_groups(match)[0]), match[0]),
    "half_of_year": lambda match: _one(Kind.HALF, int(_groups(match)[0]), match[0]),
    "half": lambda match: _one(Kind.HALF, int(_groups(match)[0]), match[0]),
    "month_year": _month_year,
    "year_number": _year_number,
    "short_year": lambda match: _one(Kind.YEAR, this_century(int(_groups(match)[0])), match[0]),
    "ordinal": lambda match: _one(Kind.ORDINAL, int(_groups(match)[0]), match[0]),
    "number": lambda match: _one(Kind.NUMBER, int(match[0][:9]), match[0]),
    "sign": lambda match: _one(_SIGNS.get(match[0], Kind.DASH), 0, match[0]),
}
