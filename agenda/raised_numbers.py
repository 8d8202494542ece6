"""Years and ordinals inside a text, raised for the next edition: "XI Encuentro 2025" → "XII Encuentro 2026".

Only the event's own numbers, only where they stand alone and only in forms that a number of an edition takes.
"11 cities" stays, and so do words ("eleventh"), dates ("5th May"), spans ("2025–2027") and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from publishing.date_words import DATE_LANGUAGES, month_names, words_for

_ROMAN = [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
_CENTURIES_BEFORE = ("siglo", "segle", "século", "secolo")
_CENTURY = r"(?:century|siècle|centuries|siècles)"
# French "Ier" and "11ème", Catalan "XIè", Spanish "XI.º": what may follow a Roman or an Arabic number.
_AFTER_ROMAN = r"(?:ème|er|re|e|è|é|\.?º|\.?ª)?"
_ORDINAL_SIGNS = r"(?P<dot>\.?)(?P<sign>º|ª|°|er(?!\w)|\.er)"
_NUMBER_SIGN = r"(?:#|(?:No\.|N[º°]|N\.[º°]|Nr\.|Núm\.|Num\.)\s?)"
_CATALAN = {1: "r", 2: "n", 3: "r", 4: "t"}


def raise_numbers(text: str, year: int | None, ordinal: int | None, *, language: str = "en", years: int = 1) -> str:
    """The text with the event's own year raised by `years` and its ordinal by one; None is not looked for."""
    if year is not None:
        text = _year_pattern(year).sub(str(year + years), text)
    if ordinal is None:
        return text
    for pattern, raised in _ordinal_forms(ordinal, language):
        text = pattern.sub(raised, text)
    return text


def roman(number: int) -> str:
    """A number from 1 to 399 in Roman figures."""
    figures = ""
    for value, figure in _ROMAN:
        count, number = divmod(number, value)
        figures += figure * count
    return figures


@cache
def _year_pattern(year: int) -> re.Pattern[str]:
    """Not in a longer number, a span, a written-out date, an address or the name of the UN's agenda."""
    return re.compile(rf"(?<![\w/@#])(?<!\d[-–—.,])(?<!\bAgenda ){year}(?!\w(?<!년))(?!/)(?![-–—.,]\d)(?! Agenda\b)")


@cache
def _ordinal_forms(number: int, language: str) -> list[tuple[re.Pattern[str], str | Callable]]:
    """Patterns, each with what takes the place of a match. No form that one makes is matched by a later one."""
    following = number + 1
    alone, not_a_day = r"(?<![\w.,/-])", _not_a_day(language)
    forms: list[tuple[str, str | Callable]] = [
        # 제11회, 11차
        (rf"(?<!\d){number}(?=\s?(?:회|차)(?!\w))", str(following)),
        (rf"(?<!\w)({_NUMBER_SIGN}){number}(?![\w/-])(?![.,]\d)", rf"\g<1>{following}"),
        (rf"{alone}{number}{_ORDINAL_SIGNS}(?!\w){not_a_day}", lambda match: _with_sign(match, following, language)),
        (rf"{alone}{number}(ème|ère|e|re|nde)(?!\w){not_a_day}", lambda match: _french(match, following)),
        (rf"{alone}{number}(st|nd|rd|th)(?!\w){not_a_day}", lambda match: _english(match, following, language)),
        (rf"{alone}{number}([aèé])(?!\w){not_a_day}", lambda match: _catalan(match, following)),
    ]
    if language == "ca":
        forms.append((rf"{alone}{number}([rnt])(?!\w){not_a_day}", lambda match: _catalan(match, following)))
    if number < 399:
        forms.append(_roman_form(number, language))
    return [(re.compile(pattern, re.IGNORECASE if "[aèé]" not in pattern else 0), new) for pattern, new in forms]


def _roman_form(number: int, language: str) -> tuple[str, str | Callable]:
    figures = roman(number)
    # One letter is more often an initial, a pronoun or a king: it has to stand before a name in capitals.
    name = r"(?=\s+[A-ZÀ-Þ])" if len(figures) == 1 else ""
    if figures == "I" and language == "en":
        name = r"(?!)"
    no_century = "".join(rf"(?<![{word[0].upper()}{word[0]}]{word[1:]}\s)" for word in _CENTURIES_BEFORE)
    pattern = rf"(?<![\w.'’-]){no_century}{figures}({_AFTER_ROMAN})(?![\w'’-]){name}"
    return f"(?-i:{pattern})(?!\\s+{_CENTURY})", lambda match: roman(number + 1) + _after_roman(match[1])


def _after_roman(ending: str) -> str:
    return "e" if ending in ("er", "re") else ending


def _with_sign(match: re.Match[str], following: int, language: str) -> str:
    """11.º, 11ª, 11°; of "1.er" and "3er" the number that follows has no such short form, nor has French "1er"."""
    sign = match["sign"]
    if language == "fr" and sign.lower() == "er":
        return f"{following}{match['dot']}e"
    if sign.lower().lstrip(".") != "er":
        return f"{following}{match['dot']}{sign}"
    dot = "." if match["dot"] or sign.startswith(".") else ""
    return f"{following}{dot}º"


def _french(match: re.Match[str], following: int) -> str:
    """1re, 2nde and 1ère are followed by 2e, 3e; whoever writes "11ème" goes on doing so."""
    ending = match[1]
    if ending.lower() in ("re", "nde", "ère"):
        return f"{following}{'E' if ending.isupper() else 'e'}"
    return f"{following}{ending}"


def _english(match: re.Match[str], following: int, language: str) -> str:
    if language == "fr":  # "2nd Congrès"
        return f"{following}e"
    ending = "th" if following % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(following % 10, "th")
    return f"{following}{ending.upper() if match[1].isupper() else ending}"


def _catalan(match: re.Match[str], following: int) -> str:
    """1r, 2n, 3r, 4t, 5è (in Valencia 5é), and for feminine nouns 1a, 2a, 3a."""
    ending = match[1]
    if ending == "a":
        return f"{following}a"
    return f"{following}{_CATALAN.get(following) or ('é' if ending == 'é' else 'è')}"


def _not_a_day(language: str) -> str:
    """Days are “5th May”, “1er octobre” and “1.º de mayo”; the “21st century” is none of ours either."""
    names = set()
    for code in {language if language in DATE_LANGUAGES else "en", "en"}:
        words = words_for(code)
        names |= {name.split("’")[-1].split(" ")[-1] for name in month_names(words).values()}
    return rf"(?!\s+(?:of\s+|de\s+|d['’]|di\s+)?(?:{'|'.join(sorted(names))})(?!\w))(?!\s+{_CENTURY})"
