"""The ends of a date, each as far as it says what it is: "1" and "3 October 2025"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.translation import gettext

from publishing.date_asides import before_or_after
from publishing.date_phrases import BETWEEN_ENDS
from publishing.date_refusals import UnreadableDate, no_such_month, no_time, not_a_date, not_understood
from publishing.date_tokens import Token, this_century
from publishing.date_vocabulary import Kind


@dataclass(slots=True)
class Point:
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    season: int | None = None
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    exact: date | None = None  # "today"
    roughly: bool = False  # "early October"
    fortnight: str = ""  # "first fortnight of": the words
    short_year: str = ""  # a year of two figures that could as well be an hour
    in_figures: bool = False  # the month
    month_first: bool = False  # "October 3"
    bare: int | None = None  # a number of two figures that nothing explains yet
    time: time | None = None
    shape: str = ""  # "d" for a date, "t" for a time, in the order in which they stand

    @property
    def names(self) -> set[str]:
        """What it names of a date."""
        return {name for name in _OF_A_DATE if getattr(self, name) is not None}


_OF_A_DATE = "weekday day month year season quarter half decade exact bare".split()
_SLOTS = {
    Kind.WEEKDAY: "weekday",
    Kind.DAY: "day",
    Kind.MONTH: "month",
    Kind.YEAR: "year",
    Kind.SEASON: "season",
    Kind.QUARTER: "quarter",
    Kind.HALF: "half",
    Kind.DECADE: "decade",
}


@dataclass(slots=True)
class Points:
    """All ends, and what stands before each of them but the first."""

    points: list[Point]
    between: list[Kind]
    about: bool = False


def points_of(phrases: list[Token], today: date) -> Points:
    """Sort the phrases of a date into its ends. Raises UnreadableDate if one of them is said twice."""
    leading_weekday = None
    if len(phrases) > 3 and phrases[0].kind is phrases[2].kind is Kind.WEEKDAY and phrases[1].kind in BETWEEN_ENDS:
        # "viernes y sábado, 14 y 15 de noviembre"
        leading_weekday, trailing_weekday = int(phrases[0].value), int(phrases[2].value)
        phrases = phrases[3:]
    found = Points([Point()], [])
    open_from = open_between = False
    for token in phrases:
        point = found.points[-1]
        if token.kind in BETWEEN_ENDS:
            if not point.shape:
                raise before_or_after() if token.kind is Kind.UNTIL else _two_ends()
            between = Kind.TO if open_between and token.kind is Kind.AND else token.kind
            open_between = False
            if between is not Kind.AND:
                open_from = False
            found.points.append(Point())
            found.between.append(between)
        elif token.kind is Kind.ABOUT:
            found.about = True
        elif token.kind is Kind.FROM:
            open_from = True
        elif token.kind is Kind.BETWEEN:
            open_between = True
        else:
            _put(point, token, today)
    if open_from or open_between or not found.points[-1].shape:
        raise _two_ends() if found.points[0].shape else not_a_date()
    if leading_weekday is not None:
        first, last = found.points[0], found.points[-1]
        if len(found.points) == 1 or {first.weekday, last.weekday} != {None}:
            raise not_understood(gettext("two days of the week"))
        first.weekday, last.weekday = leading_weekday, trailing_weekday
    for point in found.points:
        _explain_bare(point)
    return found


def _two_ends() -> UnreadableDate:
    return UnreadableDate(
        gettext(
            "A range of dates needs a start and an end. Write for example “1–3 October 2025”, "
            "“September–November 2025” or “2025–2027”."
        )
    )


def _put(point: Point, token: Token, today: date) -> None:
    match token.kind, token.value:
        case Kind.DATE, (int(day), int(month), year):
            if not 1 <= month <= 12:
                raise no_such_month(day, month, year or today.year)
            _set(point, "day", day, token)
            _set(point, "month", month, token)
            point.in_figures = True
            if year is not None:
                _set(point, "year", year, token)
        case Kind.TIME, int(value):
            hour, minute = divmod(value, 100)
            if hour > 23 or minute > 59:
                raise no_time(hour, minute)
            _set(point, "time", time(hour, minute), token)
        case Kind.RELATIVE_DAY, int(days):
            _set(point, "exact", today + timedelta(days), token)
        case Kind.ROUGHLY_IN, _:
            point.roughly = True
        case Kind.FORTNIGHT, _:
            point.roughly, point.fortnight = True, token.text
        case Kind.NUMBER, int(number):
            _put_number(point, token, number)
        case kind, int(value) if kind in _SLOTS:
            if kind is Kind.MONTH:
                if not 1 <= value <= 12:
                    raise no_such_month(0, value, 0)
                point.in_figures = token.text.isdigit()
            elif kind is Kind.QUARTER and value not in (1, 2, 3, 4):
                raise not_understood(token.text)
            _set(point, _SLOTS[kind], value, token)
        case _:
            raise not_understood(token.text)
    shape = "t" if token.kind is Kind.TIME else "d"
    if not point.shape.endswith(shape):
        point.shape += shape
    if len(point.shape) > 2:
        raise _one_date(token)


def _put_number(point: Point, token: Token, number: int) -> None:
    figures = len(token.text)
    if figures == 4:
        _set(point, "year", number, token)
    elif figures > 2:
        raise UnreadableDate(
            gettext(
                "“%(text)s” is no year here: years have four figures, from 1000 to 9998. Write for example “2025”."
            )
            % {"text": token.text[:20]}
        )
    elif point.bare is None and point.day is None:
        point.bare, point.month_first = number, point.month is not None
    elif point.month is not None and point.year is None and figures == 2:
        point.year = this_century(number)  # "14 Nov 25"
        if number < 24:
            point.short_year = token.text
    else:
        raise _one_date(token)


def _set(point: Point, name: str, value: date | time | int, token: Token) -> None:
    if getattr(point, name) is not None:
        raise _one_date(token)
    setattr(point, name, value)


def _one_date(token: Token) -> UnreadableDate:
    return UnreadableDate(
        gettext(
            "“%(text)s” is one thing too many: there is room for one date or one range. Write for example "
            "“14 November 2025, 18:30”, “1–3 October 2025” or “26 and 27 September 2025”."
        )
        % {"text": token.text}
    )


def _explain_bare(point: Point) -> None:
    """A number of two figures is the day, or with a season or quarter the year: "otoño 25"."""
    if point.bare is None:
        return
    if point.day is None and (point.month is not None or point.weekday is not None):
        point.day, point.bare = point.bare, None
    elif (point.season or point.quarter or point.half) and point.year is None and point.bare > 9:
        point.year, point.bare = this_century(point.bare), None
