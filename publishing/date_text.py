"""Dates in words, in the languages of the site and its networks: "1–3 October 2025", "tardor del 2025"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from publishing.date_words import DateWords, month_names, weekday_names, words_for
from publishing.dates import EdtfDate, Precision

# "cap al" is "cap a l’" before a vowel, written or spoken: "l’abril", "l’hivern", "l’1 de maig", "l’11 de setembre".
_CATALAN_ELISION = re.compile(r"^cap al (?=[aeiouh]|11?\b)")


@dataclass(frozen=True, slots=True)
class DateBlock:
    """A date on a departure board: a large line and a small one. Read one after the other they make sense."""

    big: str
    small: str


def date_text(
    value: EdtfDate,
    language: str,
    *,
    form: Literal["full", "compact"] = "full",
    today: date | None = None,
    southern: bool = False,
    weekday: bool = False,
) -> str:
    """Say a date in a language, by its own rules and in the case of running text: "otoño de 2025".

    The compact form leaves out the year where it is that of `today`, as long as something else remains to say and
    the date has no second year; without `today` it leaves out nothing. `southern` tells which seasons run over
    New Year ("Winter 2025–2026"); the text is otherwise the same in both hemispheres.

    `weekday` names the weekday of a single day that is known and of two consecutive ones ("Friday 26 and Saturday
    27 September 2025") in the full form. Longer ranges and vague dates never have one.

    Raises ValueError for a language without words for dates (see `date_words.DATE_LANGUAGES`).
    """
    if form not in ("full", "compact"):
        raise ValueError(f"A date has a full and a compact form, no “{form}” one.")
    words = words_for(language)
    hidden_year = today.year if today is not None and form == "compact" else None
    if weekday and form == "full" and _has_weekdays(value):
        return _weekdays_text(value, words)
    text = _exact_text(value, words, hidden_year, southern)
    if not value.approximate:
        return text
    if value.precision is Precision.SEASON:
        template = words.about_seasons[value.start[1] - 1]
    else:
        template = words.about[value.precision]
    return _CATALAN_ELISION.sub("cap a l’", template.format(text=text))


def full_date_text(value: EdtfDate, language: str, *, southern: bool = False, weekday: bool = False) -> str:
    """The full form and, of a season or quarter, the months that it means: "Autumn 2025 (Sep–Nov)"."""
    text = date_text(value, language, southern=southern, weekday=weekday)
    gloss = months_gloss(value, language, southern=southern)
    return f"{text} ({gloss})" if gloss else text


def split_range(value: EdtfDate, language: str, *, weekday: bool = False) -> tuple[str, str, str]:
    """The full form of a range, cut between its ends: ("1", "–", "3 October 2025").

    Raises ValueError for what is no range, and for a language without words for dates.
    """
    if not value.is_range:
        raise ValueError(f"“{value}” is no range.")
    text = date_text(value, language, weekday=weekday)
    return text.partition(_between(value, words_for(language), weekday=weekday))


def date_parts(value: EdtfDate, language: str, *, today: date | None = None, southern: bool = False) -> DateBlock:
    """A date in two short lines, months abbreviated: "14" over "Nov", "1–3" over "Oct 2026", "Autumn" over "2025".

    Dates with days leave out the year where it is that of `today`; all others say it always, because nothing else
    would stand in the small line. Days in two months make the block "30" over "Sep – 2 Oct 2025".

    Raises ValueError for a language without words for dates.
    """
    words = words_for(language)
    block = _exact_block(value, words, today.year if today is not None else None, southern)
    return DateBlock(words.circa[value.precision].format(text=block.big), block.small) if value.approximate else block


def months_gloss(value: EdtfDate, language: str, *, southern: bool = False) -> str:
    """The months that a season or quarter means, abbreviated: "Sep–Nov", or "Dec 2025 – Feb 2026".

    It explains such a date to readers of the other hemisphere. Empty for every other date.
    """
    if value.precision not in (Precision.SEASON, Precision.QUARTER):
        return ""
    words = words_for(language)
    names = month_names(words, short=True, alone=True)
    first, last = value.earliest(southern), value.latest(southern)
    if first.year == last.year:
        return f"{names[first.month]}{words.dash}{names[last.month]}"
    return words.wide_dash.join(words.label_of_year.format(text=names[d.month], year=d.year) for d in (first, last))


def _exact_text(value: EdtfDate, words: DateWords, hidden_year: int | None, southern: bool) -> str:
    match value.precision:
        case Precision.UNKNOWN:
            return words.to_be_announced
        case Precision.DAY:
            return _days_text(value, words, hidden_year)
        case Precision.MONTH:
            return _months_text(value, words, hidden_year)
        case Precision.SEASON:
            season, years = words.seasons[value.start[1] - 1], _years_of_season(value, words, southern)
            return season if years == str(hidden_year) else words.of_year.format(text=season, year=years)
        case Precision.QUARTER:
            year, number = value.start
            of_year = words.quarter_of_year or words.of_year
            quarter = words.quarters[number - 1]
            return quarter if year == hidden_year else of_year.format(text=quarter, year=year)
        case Precision.DECADE:
            return words.decade.format(year=value.start[0])
        case _:
            return _years_text(value, words)


def _days_text(value: EdtfDate, words: DateWords, hidden_year: int | None) -> str:
    first, last = value.earliest(), value.latest()
    if first == last:
        return _with_year(words, _day_month(words, _day(words, first), first.month), first.year, hidden_year)
    between = _between(value, words)
    if (first.year, first.month) == (last.year, last.month):
        days = between.join((_day(words, first), _day(words, last)))
        return _with_year(words, _day_month(words, days, first.month), first.year, hidden_year)
    ends = [_day_month(words, _day(words, day), day.month) for day in (first, last)]
    if first.year == last.year:
        return _with_year(words, between.join(ends), first.year, hidden_year)
    return between.join(
        words.of_year.format(text=text, year=day.year) for text, day in zip(ends, (first, last), strict=True)
    )


def _has_weekdays(value: EdtfDate) -> bool:
    return value.is_day_precise and (not value.is_range or _is_consecutive(value))


def _is_consecutive(value: EdtfDate) -> bool:
    return value.precision is Precision.DAY and value.latest() - value.earliest() == timedelta(days=1)


def _weekdays_text(value: EdtfDate, words: DateWords) -> str:
    names, short_names = weekday_names(words), weekday_names(words, short=True)
    first, last = value.earliest(), value.latest()

    def named(day: date, *, month: bool) -> str:
        number = _day(words, day)
        text = _day_month(words, number, day.month) if month else words.day_alone.format(day=number)
        template = words.of_two_weekdays if value.is_range else words.of_weekday
        return template.format(weekday=names[day.weekday()], brief=short_names[day.weekday()], day=text)

    if first == last:
        return words.of_year.format(text=named(first, month=True), year=first.year)
    between = _between(value, words, weekday=True)
    if first.year != last.year:
        return between.join(words.of_year.format(text=named(day, month=True), year=day.year) for day in (first, last))
    both = first.month != last.month
    ends = (named(first, month=both or words.month_first), named(last, month=both or not words.month_first))
    return words.of_year.format(text=between.join(ends), year=first.year)


def _months_text(value: EdtfDate, words: DateWords, hidden_year: int | None) -> str:
    names = month_names(words, alone=True)
    (year, month), end = value.start, value.end
    if end is None:
        return _with_year(words, names[month], year, hidden_year)
    between = _between(value, words)
    if end[0] == year:
        return _with_year(words, f"{names[month]}{between}{names[end[1]]}", year, hidden_year)
    return between.join(words.of_year.format(text=names[m], year=y) for y, m in (value.start, end))


def _between(value: EdtfDate, words: DateWords, *, weekday: bool = False) -> str:
    """What stands between the ends of a range; it never occurs within the first of them."""
    if _is_consecutive(value):
        return (weekday and words.two_weekdays) or words.two_days
    if value.precision is Precision.YEAR:
        return words.dash
    parts = 2 if value.precision is Precision.DAY else 1
    return words.dash if value.start[:parts] == value.end[:parts] else words.wide_dash


def _exact_block(value: EdtfDate, words: DateWords, hidden_year: int | None, southern: bool) -> DateBlock:
    names = month_names(words, short=True, alone=True)
    match value.precision:
        case Precision.UNKNOWN:
            return DateBlock(words.to_be_announced_label, "")
        case Precision.DAY:
            return _days_block(value, words, hidden_year)
        case Precision.MONTH:
            first, last = value.earliest(), value.latest()
            months = names[first.month]
            if value.is_range:
                months = f"{months}{words.dash}{names[last.month]}"
            return DateBlock(months, words.year.format(year=_span(words, first.year, last.year)))
        case Precision.SEASON:
            years = _years_of_season(value, words, southern)
            return DateBlock(words.seasons[value.start[1] - 1], words.year.format(year=years))
        case Precision.QUARTER:
            year, number = value.start
            return DateBlock(words.quarter_label.format(number=number), words.year.format(year=year))
        case Precision.DECADE:
            return DateBlock(words.decade.format(year=value.start[0]), "")
        case _:
            return DateBlock(_years_text(value, words), "")


def _days_block(value: EdtfDate, words: DateWords, hidden_year: int | None) -> DateBlock:
    first, last = value.earliest(), value.latest()
    names = month_names(words, short=True, alone=True)

    def label(text: str, year: int) -> str:
        return text if year == hidden_year else words.label_of_year.format(text=text, year=year)

    if (first.year, first.month) == (last.year, last.month):
        days = str(first.day) if first == last else f"{first.day}{words.dash}{last.day}"
        return DateBlock(days, label(names[first.month], first.year))
    last_day = words.day_month_label.format(day=last.day, month=names[last.month])
    if first.year == last.year:
        return DateBlock(str(first.day), label(f"{names[first.month]}{words.wide_dash}{last_day}", first.year))
    # Years differ, so both are said, whichever of them is the current one.
    ends = ((names[first.month], first.year), (last_day, last.year))
    return DateBlock(
        str(first.day),
        words.wide_dash.join(words.label_of_year.format(text=text, year=year) for text, year in ends),
    )


def _day(words: DateWords, day: date) -> str:
    return words.first_day if day.day == 1 else str(day.day)


def _day_month(words: DateWords, day: str, month: int) -> str:
    return words.day_month.format(day=day, month=month_names(words)[month])


def _with_year(words: DateWords, text: str, year: int, hidden_year: int | None) -> str:
    return text if year == hidden_year else words.of_year.format(text=text, year=year)


def _years_text(value: EdtfDate, words: DateWords) -> str:
    return words.year.format(year=_span(words, value.earliest().year, value.latest().year))


def _years_of_season(value: EdtfDate, words: DateWords, southern: bool) -> str:
    return _span(words, value.earliest(southern).year, value.latest(southern).year)


def _span(words: DateWords, first: int, last: int) -> str:
    return str(first) if first == last else f"{first}{words.dash}{last}"
