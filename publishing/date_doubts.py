"""Dates that look complete and are in doubt: two readings, or a weekday of another day. None of them is guessed."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from publishing.date_points import Point
from publishing.date_refusals import UnreadableDate, said, two_meanings, weekday_name
from publishing.dates import EdtfDate, Precision


def check_number(point: Point) -> None:
    """ "14 November 18" may be said in the year or at the hour, "14 November 10–18" certainly is not in 2010."""
    if point.short_year:
        raise UnreadableDate(
            gettext("“%(text)s” can be a year or an hour. Write the year in full, %(year)d, or the hour as %(hour)s.")
            % {"text": point.short_year, "year": point.year, "hour": f"{point.short_year}:00"}
        )


def check_fortnight(point: Point, when: EdtfDate) -> None:
    """ "primera quincena" is half of a month, never of a year."""
    if point.fortnight and when.precision is not Precision.MONTH:
        raise UnreadableDate(
            gettext("“%(text)s” needs its month. Write for example “first half of November 2025” or “November 2025”.")
            % {"text": point.fortnight}
        )


def check_years(start: Point, end: Point, today: date) -> None:
    """ "Sept 25 – Jan 26" may be four months, or more likely the years."""
    if not (start.month_first and end.month_first and start.names == end.names == {"month", "day"}):
        return
    years = end.day - start.day
    may_be_years = 0 <= start.day - today.year % 100 <= 3 and (
        (years == 0 and start.month < end.month) or (years == 1 and start.month > end.month)
    )
    if may_be_years:
        century = today.year // 100 * 100
        months = (said(EdtfDate(Precision.MONTH, (century + point.day, point.month))) for point in (start, end))
        raise two_meanings(f"{start.day:02}/{start.month:02} – {end.day:02}/{end.month:02}", " – ".join(months))


def check_weekdays(when: EdtfDate, points: list[Point]) -> None:
    """ "Saturday 14 November 2025" is a Friday."""
    if when.precision is not Precision.DAY:
        return
    year_given = any(point.year is not None or point.exact is not None for point in points)
    for point, day in zip(points, (when.earliest(), when.latest()), strict=False):
        if point.weekday in (None, day.weekday()):
            continue
        names = {
            "date": said(EdtfDate.from_days(day)),
            "right": weekday_name(day.weekday()),
            "wrong": weekday_name(point.weekday),
        }
        if year_given:
            message = gettext(
                "%(date)s: the day of the week is %(right)s, not %(wrong)s. Correct one of the two, or leave out the "
                "day of the week: “%(date)s”."
            )
        else:
            message = gettext(
                "%(date)s: the day of the week is %(right)s, not %(wrong)s. Add the year if another is meant, for "
                "example “%(date)s”."
            )
        raise UnreadableDate(message % names)
