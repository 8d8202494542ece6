"""What each language needs to say a date: month names from CLDR, the rest by its own rules.

CLDR, as Babel has it, knows no seasons, no French "1er", no Italian "1º", no "about" and no "to be announced".
Nor are its quarters and its stand-alone forms safe to read: a language that has none of its own borrows them from
the root of the data, and Babel keeps there what the first reader saw, so that French quarters turn out Spanish if a
Spanish page came first. Hence only names that every language brings along are read here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from babel import Locale

from publishing.dates import Precision


def _about(template: str, **others: str) -> dict[Precision, str]:
    return {precision: others.get(precision.value, template) for precision in Precision}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # compared, and cached on, by identity
class DateWords:
    """One language. Templates take `text`, `year`, `day`, `month` or `number` as their example shows."""

    locale: str
    day_month: str = "{day} {month}"
    first_day: str = "1"
    of_year: str = "{text} {year}"
    two_days: str  # between two consecutive days
    dash: str = "–"
    wide_dash: str = " – "  # between ends of several words
    year: str = "{year}"
    quarter_of_year: str = ""  # where it differs from `of_year`
    decade: str
    seasons: tuple[str, str, str, str]  # from spring
    quarters: tuple[str, str, str, str]
    about: Mapping[Precision, str]
    about_seasons: tuple[str, str, str, str]
    to_be_announced: str

    # A weekday, with a `day` that may have its month ("27 September"): alone, and in a pair of consecutive days.
    # `brief` is the weekday abbreviated. Of two days in one month only one says the month: the last, or the first.
    of_weekday: str = "{weekday} {day}"
    of_two_weekdays: str = "{weekday} {day}"
    two_weekdays: str = ""  # between the two, where it differs from `two_days`
    month_first: bool = False
    day_alone: str = "{day}"

    # For date blocks, where the large line holds a word or a number and the small one the rest.
    day_month_label: str = "{day} {month}"
    label_of_year: str = "{text} {year}"
    quarter_label: str = "T{number}"
    to_be_announced_label: str
    circa: Mapping[Precision, str] = field(default_factory=lambda: _about("c. {text}"))

    # Catalan months carry their preposition ("d’octubre") unless they stand alone; elsewhere the two are the same.
    month_alone: Literal["format", "stand-alone"] = "format"
    short_months: Mapping[int, str] = field(default_factory=dict)  # where CLDR's are not wanted


_WORDS = {
    "en": DateWords(
        locale="en_GB",
        two_days=" and ",
        quarter_of_year="{text} of {year}",
        decade="{year}s",
        seasons=("Spring", "Summer", "Autumn", "Winter"),
        quarters=("1st quarter", "2nd quarter", "3rd quarter", "4th quarter"),
        quarter_label="Q{number}",
        about=_about("about {text}", quarter="about the {text}", decade="about the {text}"),
        about_seasons=("about {text}",) * 4,
        to_be_announced="Date to be announced",
        to_be_announced_label="To be announced",
        # CLDR has "Sept" for Britain, the one month of four letters. The association writes "Autumn 2025 (Sep–Nov)".
        short_months={9: "Sep"},
    ),
    "es": DateWords(
        locale="es",
        day_month="{day} de {month}",
        of_year="{text} de {year}",
        two_days=" y ",
        decade="década de {year}",
        seasons=("primavera", "verano", "otoño", "invierno"),
        quarters=("1.er trimestre", "2.º trimestre", "3.er trimestre", "4.º trimestre"),
        about=_about("hacia {text}", day="hacia el {text}", quarter="hacia el {text}", decade="hacia la {text}"),
        about_seasons=("hacia la {text}", "hacia el {text}", "hacia el {text}", "hacia el {text}"),
        to_be_announced="Fecha por anunciar",
        to_be_announced_label="Por anunciar",
    ),
    "fr": DateWords(
        locale="fr",
        first_day="1er",
        two_days=" et ",
        decade="années {year}",
        seasons=("printemps", "été", "automne", "hiver"),
        quarters=("1er trimestre", "2e trimestre", "3e trimestre", "4e trimestre"),
        about=_about("vers {text}", day="vers le {text}", quarter="vers le {text}", decade="vers les {text}"),
        about_seasons=("vers le {text}", "vers l’{text}", "vers l’{text}", "vers l’{text}"),
        to_be_announced="Date à annoncer",
        to_be_announced_label="À annoncer",
    ),
    "ca": DateWords(
        locale="ca",
        of_year="{text} del {year}",
        two_days=" i ",
        decade="dècada del {year}",
        seasons=("primavera", "estiu", "tardor", "hivern"),
        quarters=("1r trimestre", "2n trimestre", "3r trimestre", "4t trimestre"),
        about=_about("cap al {text}", decade="cap a la {text}"),
        about_seasons=("cap a la {text}", "cap al {text}", "cap a la {text}", "cap al {text}"),
        to_be_announced="Data per anunciar",
        to_be_announced_label="Per anunciar",
        month_alone="stand-alone",
    ),
    "pt": DateWords(
        locale="pt_PT",
        day_month="{day} de {month}",
        of_year="{text} de {year}",
        two_days=" e ",
        decade="década de {year}",
        seasons=("primavera", "verão", "outono", "inverno"),
        quarters=("1.º trimestre", "2.º trimestre", "3.º trimestre", "4.º trimestre"),
        about=_about("por volta de {text}", quarter="por volta do {text}", decade="por volta da {text}"),
        about_seasons=("por volta da {text}", "por volta do {text}", "por volta do {text}", "por volta do {text}"),
        to_be_announced="Data a anunciar",
        to_be_announced_label="A anunciar",
        # The day is an apposition: "sexta-feira, 26, e sábado, 27 de setembro de 2025".
        of_weekday="{weekday}, {day}",
        of_two_weekdays="{weekday}, {day}",
        two_weekdays=", e ",
    ),
    "it": DateWords(
        locale="it",
        first_day="1º",
        two_days=" e ",
        decade="anni {year}",
        seasons=("primavera", "estate", "autunno", "inverno"),
        quarters=("1º trimestre", "2º trimestre", "3º trimestre", "4º trimestre"),
        about=_about("{text} circa"),
        about_seasons=("{text} circa",) * 4,
        to_be_announced="Data da annunciare",
        to_be_announced_label="Da annunciare",
    ),
    # Korean writes from the year down to the day and spans with a wave dash, two days too.
    "ko": DateWords(
        locale="ko",
        day_month="{month} {day}일",
        of_year="{year}년 {text}",
        two_days="~",
        dash="~",
        wide_dash="~",
        year="{year}년",
        decade="{year}년대",
        seasons=("봄", "여름", "가을", "겨울"),
        quarters=("1분기", "2분기", "3분기", "4분기"),
        quarter_label="{number}분기",
        about=_about("{text}경"),
        about_seasons=("{text} 무렵",) * 4,
        to_be_announced="날짜 추후 공지",
        to_be_announced_label="추후 공지",
        day_month_label="{month} {day}일",
        label_of_year="{year}년 {text}",
        # "약" goes with quantities; a date takes what stands after it, and then the day needs its counter.
        circa=_about("{text}경", day="{text}일경", season="{text} 무렵"),
        # "11월 14일 금요일", but "9월 26일(금)~27일(토)": in a span the weekdays are abbreviated.
        of_weekday="{day} {weekday}",
        of_two_weekdays="{day}({brief})",
        month_first=True,
        day_alone="{day}일",
    ),
}

DATE_LANGUAGES = frozenset(_WORDS)
"""The languages in which dates can be said; a site with a further language needs a further entry here."""


def words_for(language: str) -> DateWords:
    """The words of a language, given by its tag; a region is passed over ("pt-br" is "pt").

    Raises ValueError for a language that is not in `DATE_LANGUAGES`: a date half in English would go unnoticed.
    """
    words = _WORDS.get(language.replace("_", "-").split("-")[0].lower())
    if words is None:
        raise ValueError(f"No words for dates in “{language}”; there are words for {', '.join(sorted(_WORDS))}.")
    return words


@cache
def month_names(words: DateWords, *, short: bool = False, alone: bool = False) -> Mapping[int, str]:
    """The names of the months 1–12, as they follow a day or, with `alone`, without one."""
    context = words.month_alone if alone else "format"
    names = Locale.parse(words.locale).months[context]["abbreviated" if short else "wide"]
    return {number: names[number] for number in range(1, 13)} | (words.short_months if short else {})


@cache
def weekday_names(words: DateWords, *, short: bool = False) -> Sequence[str]:
    """The names of the weekdays, from Monday, as they stand beside a day: every language brings these along."""
    names = Locale.parse(words.locale).days["format"]["abbreviated" if short else "wide"]
    return tuple(names[number] for number in range(7))
