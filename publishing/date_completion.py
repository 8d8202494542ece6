"""The last step of reading a date: what its ends leave out is taken from each other, the year from today."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from django.utils.translation import gettext

from publishing.date_doubts import check_fortnight, check_number, check_weekdays, check_years
from publishing.date_points import Point
from publishing.date_refusals import UnreadableDate, not_a_date, said
from publishing.date_vocabulary import Kind
from publishing.dates import FIRST_YEAR, LAST_YEAR, EdtfDate, Precision

# A year that only the other end says may change at New Year: "30 December – 2 January 2026". Beyond these lengths
# the ends are more likely the wrong way round.
_LONGEST_OVER_NEW_YEAR = {Precision.DAY: timedelta(184), Precision.MONTH: timedelta(310)}


def complete(points: list[Point], between: Kind | None, *, about: bool, today: date, southern: bool) -> EdtfDate:
    """The date of one point or two. Raises UnreadableDate, which says what is missing or what contradicts what."""
    for point in points:
        check_number(point)
    if len(points) == 1:
        when = _single(points[0], today, southern)
    else:
        when = _range(points[0], points[1], between, today, southern)
    check_weekdays(when, points)
    for point in points:
        check_fortnight(point, when)
    roughly = any(point.roughly for point in points)
    if roughly and when.precision is Precision.DAY:
        raise UnreadableDate(
            gettext(
                "A day has no beginning, middle or end here. Write for example “14 November 2025” or “November 2025”."
            )
        )
    if not (about or roughly):
        return when
    if when.end is not None:
        raise UnreadableDate(
            gettext(
                "A range of dates cannot be approximate. Write one coarser date, for example “about April 2026” or "
                "“about 2026”, or the range without “about” and its like."
            )
        )
    return EdtfDate(when.precision, when.start, approximate=True)


def _single(point: Point, today: date, southern: bool) -> EdtfDate:
    if point.exact is not None and point.names <= {"exact", "weekday"}:
        return EdtfDate.from_days(point.exact)
    if point.decade is not None and point.names == {"decade"}:
        return EdtfDate(Precision.DECADE, (_decade(point.decade),))
    if point.half is not None and point.month is not None:
        point.half, point.roughly = None, True  # "first half of October"
    if point.half is not None and point.names <= {"half", "year"}:
        first, last = (1, 6) if point.half == 1 else (7, 12)
        return _in_year(
            lambda year: EdtfDate(Precision.MONTH, (year, first), (year, last)), point.year, today, southern
        )
    precision, rest = _precision(point)
    return _in_year(lambda year: _date(precision, (year, *rest)), point.year, today, southern, last=rest)


def _range(start: Point, end: Point, between: Kind | None, today: date, southern: bool) -> EdtfDate:
    if season := _season_of_two_years(start, end, southern):
        return season
    if between is Kind.SLASH and (start.bare is not None or not (start.in_figures or start.names == {"year"})):
        between = Kind.AND  # "26/27 September"; but 2025-10-01/2025-10-03 is a range
    _share_month(start, end)
    check_years(start, end, today)
    (precision, first), (last_precision, last) = (_precision(point) for point in (start, end))
    if precision is not last_precision:
        raise UnreadableDate(
            gettext(
                "The start and the end of a range must be alike: two days, two months or two years. Write for example "
                "“1 September – 15 October 2025” or “September–October 2025”."
            )
        )
    if precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        raise UnreadableDate(
            gettext(
                "A range runs between days, months or years, not between seasons or other parts of a year. "
                "Write the months, for example “September 2025 – May 2026”."
            )
        )
    if start.year is not None and end.year is not None:
        return _span((precision, (start.year, *first)), (end.year, *last), between)
    later = int(last < first and start.month != end.month)  # "30 December – 2 January"

    def build(year: int) -> EdtfDate:
        when = _span((precision, (year, *first)), (year + later, *last), between)
        if later and when.latest() - when.earliest() > _LONGEST_OVER_NEW_YEAR[precision]:
            raise _wrong_way_round()
        return when

    year = start.year if end.year is None else end.year - later
    return _in_year(build, year, today, southern, last=last)


def _season_of_two_years(start: Point, end: Point, southern: bool) -> EdtfDate | None:
    """ "winter 2025–2026" and "2025/26 winter": one season, whose years are its own and no range."""
    years = start.year, _later_year(start, end)
    if (start.season is None) is (end.season is None) or None in years:
        return None
    if (start.names | end.names) - {"season", "year", "bare"}:
        return None
    when = EdtfDate(Precision.SEASON, (_checked(start.year), start.season or end.season))
    if (when.earliest(southern).year, when.latest(southern).year) != years:
        raise UnreadableDate(
            gettext(
                "The season of %(first)d–%(last)d must be the one that begins in the first year and ends in the "
                "second, here “%(example)s”. Write the others with one year, for example “spring 2025”."
            )
            % {"first": years[0], "last": years[1], "example": said(_over_new_year(start.year, southern), southern)}
        )
    return when


def _over_new_year(year: int, southern: bool) -> EdtfDate:
    seasons = (EdtfDate(Precision.SEASON, (year, season)) for season in range(1, 5))
    return next(when for when in seasons if when.latest(southern).year > year)


def _later_year(start: Point, end: Point) -> int | None:
    """The year of the end, also where it is short: "2025–27"."""
    if end.year is None and end.bare is not None and end.bare > 9 and start.year is not None:
        return start.year // 100 * 100 + end.bare
    return end.year


def _share_month(start: Point, end: Point) -> None:
    """Give a bare number what the other end says of it: "1–3 October", "October 1–3", "9~11월", "2025–27"."""
    if start.bare is not None and end.day is not None:
        start.day, start.bare = start.bare, None
    elif start.bare is not None and end.month is not None and end.in_figures:
        start.month, start.bare = start.bare, None
    if end.bare is not None and start.day is not None:
        end.day, end.bare = end.bare, None
    elif end.bare is not None and start.names == {"year"}:
        end.year, end.bare = _later_year(start, end), None
    if start.day is not None and start.month is None:
        start.month = end.month
    if end.day is not None and end.month is None:
        end.month = start.month


def _precision(point: Point) -> tuple[Precision, tuple[int, ...]]:
    """How finely a point is known, and what stands after the year in `EdtfDate.start`."""
    if point.exact is not None and point.names <= {"exact", "weekday"}:
        point.day, point.month, point.year = point.exact.day, point.exact.month, point.exact.year
        point.exact = None
    match sorted(point.names - {"weekday", "year"}):
        case ["day", "month"]:
            return Precision.DAY, (point.month, point.day)
        case ["day"] | ["bare"]:
            raise UnreadableDate(
                gettext(
                    "The month is missing. Write for example “14 November 2025”, “1–3 October 2025” or “14/11/2025”."
                )
            )
        case _ if point.weekday is not None:
            raise UnreadableDate(
                gettext(
                    "A day of the week needs a date. Write for example “Friday 14 November 2025” or "
                    "“14 November 2025”."
                )
            )
        case ["month"]:
            return Precision.MONTH, (point.month,)
        case ["season"]:
            return Precision.SEASON, (point.season,)
        case ["quarter"]:
            return Precision.QUARTER, (point.quarter,)
        case ["decade"] if point.year is None:
            return Precision.DECADE, ()
        case ["half"]:
            return Precision.UNKNOWN, ()
        case [] if point.year is not None:
            return Precision.YEAR, ()
    raise not_a_date()


def _span(start: tuple[Precision, tuple[int, ...]], last: tuple[int, ...], between: Kind | None) -> EdtfDate:
    precision, first = start
    ends = _date(precision, first), _date(precision, last)
    if first > last or (first == last and (precision is not Precision.DAY or between is Kind.AND)):
        raise _wrong_way_round()
    if first == last:
        return ends[0]  # "14 November 2025, 10:00 – 14 November 2025, 12:00"
    when = EdtfDate(precision, first, last)
    if between is Kind.AND and ends[1].earliest() - ends[0].latest() != timedelta(days=1):
        raise UnreadableDate(
            gettext(
                "There is something between “%(first)s” and “%(last)s”, and one entry has room for one date or one "
                "range. Write “%(range)s” if it takes place all the time, else make an entry for each."
            )
            % {"first": said(ends[0]), "last": said(ends[1]), "range": said(when)}
        )
    return when


def _date(precision: Precision, parts: tuple[int, ...]) -> EdtfDate:
    """A date of one point, its year and day checked."""
    _checked(parts[0])
    if precision is Precision.DAY:
        year, month, day = parts
        days = monthrange(year, month)[1]
        if not 1 <= day <= days:
            raise UnreadableDate(
                gettext("%(month)s has no day %(day)d, but days 1 to %(days)d. Write for example “%(example)s”.")
                % {
                    "month": said(EdtfDate(Precision.MONTH, (year, month))),
                    "day": day,
                    "days": days,
                    "example": said(EdtfDate(Precision.DAY, (year, month, days))),
                }
            )
    return EdtfDate(precision, parts)


def _in_year(
    build: Callable[[int], EdtfDate],
    year: int | None,
    today: date,
    southern: bool,
    *,
    last: tuple[int, ...] = (),
) -> EdtfDate:
    """The date in a year; without one, the first that is not surely over. 29 February waits for its leap year.

    A date that no year has is refused for the next year in which it would lie; `last` is its month and day.
    """
    if year is not None:
        return build(_checked(year))
    refusal, next_year = None, today.year + (last < (today.month, today.day))
    # The season of last year may still last; a leap year can be eight years away.
    for candidate in range(today.year - 1, today.year + 9):
        try:
            when = build(candidate)
        except UnreadableDate as error:
            if refusal is None or candidate <= next_year:
                refusal = error
            continue
        if when.latest(southern) >= today:
            return when
    raise refusal or not_a_date()


def _checked(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDate(
            gettext("Years run from %(first)d to %(last)d, so there is no %(year)d. Write for example “2025”.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR, "year": year}
        )
    return year


def _decade(year: int) -> int:
    """The first year of a decade, of which two figures may be given: 40–90 lie in the last century."""
    if 40 <= year < 100:
        return year + 1900
    if year < 40 or year % 10 or year + 9 > LAST_YEAR or year < FIRST_YEAR:
        raise UnreadableDate(
            gettext("Which decade %(year)02d means is not clear. Write its first year in full, for example “1990s”.")
            % {"year": year}
        )
    return year


def _wrong_way_round() -> UnreadableDate:
    return UnreadableDate(
        gettext(
            "The range does not end after it starts. Write the earlier date first, for example “1–3 October 2025” or "
            "“30 December 2025 – 2 January 2026”."
        )
    )
