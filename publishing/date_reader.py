"""Dates as people write them, in any of the languages of the site and its networks, without being told which.

    "Friday 14 November 2025, 18:30"    "del 1 al 3 d’octubre"    "à l’automne 2025"    "2025년 10월 1~3일"

Every word and figure has to be understood: what is left over, or can be read in two ways, is refused with advice.
The steps are `date_tokens` (text to words and figures), `date_asides` (without "the next" and "the weekend of"),
`date_phrases` (joined to days, quarters, times), `date_points` (sorted into the ends of a range) and
`date_completion` (what is left out, and all checks; those for a second meaning are in `date_doubts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import product
from math import prod

from django.utils.translation import gettext

from publishing.date_announced import is_announced, without_heading
from publishing.date_completion import complete
from publishing.date_phrases import BETWEEN_ENDS, phrases_of
from publishing.date_points import Points, points_of
from publishing.date_refusals import UnreadableDate, not_a_date, not_understood, said, two_meanings, zone_apart
from publishing.date_tokens import Branches, Token, branches_of, plain, weekday_in_brackets
from publishing.date_vocabulary import MEANINGS, Kind
from publishing.dates import TO_BE_ANNOUNCED, EdtfDate, Precision, parse_edtf

__all__ = ["ReadDate", "UnreadableDate", "read_date"]

_MOST_READINGS = 32

_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ZONE = re.compile(
    r"(?P<place>[\w .,'-]+) (?:time|시간) | (?:hora|horario|heure|ora)\ (?P<of>[\w .,'-]+)"
    r"| (?:utc|gmt)(?:\ ?[-+]\ ?[0-9]{1,2}(?::?[0-9]{2})?)? | 현지\ ?시간"
    r"| (?:[cew]es?t|bst|kst)(?:\ ?/\ ?(?:[cew]es?t|bst))?",
    re.VERBOSE,
)
# A zone without brackets, for a text that is not understood.
_ZONE_AT_END = re.compile(
    r"(?<=[0-9hms] )(?:[\w.'-]+ time|(?:hora|horario|heure|ora) [\w .,'-]+|(?:[cew]es?t|bst|kst)(?:/[cew]es?t)?)\.?$"
    r"|\b(?:utc|gmt)\ ?[-+]?[0-9:]*$|(?<=:[0-9]{2})(?:z|[-+][0-9]{2}:?[0-9]{2})$"
)

_IN_NAMES_OF_PLACES = {Kind.GLUE, Kind.TO_OR_AT, Kind.AND, Kind.FROM}  # "heure des Açores"

# What times consist of; True makes a time of a number.
_OF_TIMES = {
    **dict.fromkeys((Kind.TIME, Kind.MERIDIEM, Kind.HOURS), True),
    **dict.fromkeys((Kind.NUMBER, Kind.DASH, Kind.TO, Kind.TO_OR_AT, Kind.FROM, Kind.AT, Kind.UNTIL), False),
}

# How times may stand to dates: "d" and "t" in the order of the text, "-" between ends, "<" for "until". Each comes
# with the places of the start time and the end time among the times.
_TIMES_IN: dict[str, tuple[int | None, int | None]] = {
    **dict.fromkeys(["d", "d-d"], (None, None)),
    **dict.fromkeys(["dt", "td", "d-dt", "dt-d", "td-d"], (0, None)),
    **dict.fromkeys(["dt-t", "dt<t", "t-td", "t-dt", "td-t", "d-dt-t", "d-dt<t", "t-td-d"], (0, 1)),
    **dict.fromkeys(["dt-dt", "td-td", "dt-td", "td-dt"], (0, 1)),
    **dict.fromkeys(["d<t", "d-d<t"], (None, 0)),
}


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as well as the text says it, and the times of day on its first and its last day."""

    when: EdtfDate
    start_time: time | None = None
    end_time: time | None = None


def read_date(text: str, *, today: date, southern: bool = False) -> ReadDate:
    """Understand a date written by hand, or in EDTF (see `publishing.dates`), in any language.

    Figures are day first. A date without a year is the first one that is not over on the day `today`. `southern`
    tells in which half of the year the seasons lie. Months in brackets after a season must be its own; a time zone
    in brackets after a time is passed over.

    Raises UnreadableDate, whose text is for people, if the text is no date, several dates, or not clear.
    """
    try:
        return ReadDate(parse_edtf(text.strip()))
    except ValueError:
        written = plain(text)
    if is_announced(written):
        return ReadDate(TO_BE_ANNOUNCED)
    written, note = _without_brackets(without_heading(written))
    try:
        found = _only_reading(branches_of(written), today, southern)
    except UnreadableDate as error:
        zone = _ZONE_AT_END.search(written)
        raise (zone_apart(zone[0]) if zone else error) from None
    if note:
        _check_note(note, found, southern, today)
    return found


def _without_brackets(written: str) -> tuple[str, str]:
    """The text with weekdays and times out of their brackets ("11월 14일(금)"), and what the last brackets hold."""
    if written.startswith("(") and written.find(")") == len(written) - 1:
        return written[1:-1].strip(), ""
    written = _IN_BRACKETS.sub(lambda match: f" {_freed(match[1].strip()) or match[0]} ", written).strip()
    if written.endswith(")") and "(" in written:
        written, _bracket, note = written[:-1].rpartition("(")
        return written, note.strip()
    return written, ""


def _freed(inside: str) -> str | None:
    """What may as well stand without brackets: a weekday, times, "approx."."""
    if weekday := weekday_in_brackets(inside):
        return weekday
    about = MEANINGS.get(inside.rstrip("."), ())
    return inside if (about and about[0].kind is Kind.ABOUT) or _are_times(inside) else None


def _are_times(inside: str) -> bool:
    """Whether a text in brackets is "10–12 h" or "from 9 am to 5 pm"."""
    try:
        kinds = {
            _OF_TIMES.get(token.kind)
            for branches in branches_of(inside)
            for token in (branches[-1] if branches[-1][0].kind is Kind.TIME else branches[0])
        }
    except UnreadableDate:
        return False
    return True in kinds and None not in kinds


def _only_reading(branches: list[Branches], today: date, southern: bool) -> ReadDate:
    """The one date that the text can be, whichever way its pieces are taken."""
    if not branches or prod(map(len, branches)) > _MOST_READINGS:
        raise not_a_date()
    found: dict[ReadDate, bool] = {}
    refusal = None
    for reading in product(*branches):
        tokens = [token for piece in reading for token in piece]
        try:
            when = _read(tokens, today, southern)
            found[when] = found.get(when, False) or sum(token.kind is Kind.WEEKDAY for token in tokens) == 2
        except UnreadableDate as error:
            refusal = refusal or error
    if not found:
        raise refusal or not_a_date()
    if len(found) > 1 and sum(found.values()) == 1:
        # "mar. 18 – jeu. 20 novembre": both ends have a weekday, rather than one of them in March.
        return next(reading for reading, two_weekdays in found.items() if two_weekdays)
    if len(found) > 1:
        # "10.11. – 12.11." are rather two days than a day and ten past twelve.
        days = [reading for reading in found if _is_days_alone(reading)]
        if len(days) == 1:
            return days[0]
        first, second = (said(reading.when, southern) for reading in list(found)[:2])
        if first == second:
            raise not_a_date()
        raise two_meanings(first, second)
    return next(iter(found))


def _is_days_alone(reading: ReadDate) -> bool:
    return reading == ReadDate(reading.when) and reading.when.is_day_precise and reading.when.is_range


def _read(tokens: Iterable[Token], today: date, southern: bool) -> ReadDate:
    ends = points_of(phrases_of(tokens), today)
    start_time, end_time = _times(ends)
    dated = [place for place, point in enumerate(ends.points) if "d" in point.shape]
    between = ends.between[dated[1] - 1] if len(dated) == 2 else None
    points = [ends.points[place] for place in dated]
    when = complete(points, between, about=ends.about, today=today, southern=southern)
    if start_time is None and end_time is None:
        return ReadDate(when)
    if not when.is_day_precise:
        raise UnreadableDate(
            gettext(
                "“%(date)s” is too vague for a time of day. Give the day, for example “14 November 2025, 18:30”, or "
                "leave out the time."
            )
            % {"date": said(when, southern)}
        )
    if start_time is not None and end_time is not None and when.end is None and end_time < start_time:
        raise UnreadableDate(
            gettext(
                "It would end at %(end)s, before it starts at %(start)s. What ends after midnight takes two days: "
                "“14 November 2025, 20:00 – 15 November 2025, 02:00”."
            )
            % {"start": f"{start_time:%H:%M}", "end": f"{end_time:%H:%M}"}
        )
    return ReadDate(when, start_time, end_time)


def _times(ends: Points) -> tuple[time | None, time | None]:
    """The start and end time. Raises UnreadableDate if dates and times are not in an order that has one meaning."""
    shape = ends.points[0].shape
    for point, between in zip(ends.points[1:], ends.between, strict=True):
        if between is Kind.AND and point.shape != "d" and "t" in shape:
            shape += "&"
        elif between in (Kind.DASH, Kind.SLASH) and _stand_apart(shape, point.shape):
            shape += point.shape  # "14 November – 18:30"
            continue
        shape += ("<" if between is Kind.UNTIL and point.shape == "t" else "-") + point.shape
    if shape not in _TIMES_IN:
        if "d" not in shape:
            raise UnreadableDate(gettext("The day is missing. Write for example “14 November 2025, 18:30”."))
        raise UnreadableDate(
            gettext(
                "There is room for one date or one range, with a start and an end time at most. Write for example "
                "“14 November 2025, 10:00–12:00”, “1–3 October 2025” or “26 and 27 September 2025”."
            )
        )
    times = [point.time for point in ends.points if point.time is not None]
    start, end = _TIMES_IN[shape]
    return None if start is None else times[start], None if end is None else times[end]


def _stand_apart(shape: str, following: str) -> bool:
    """Whether a dash parts the day from its time, rather than the ends of a range."""
    return (following == "t" and "t" not in shape) or (following == "d" and shape in ("t", "t-t"))


def _check_note(note: str, found: ReadDate, southern: bool, today: date) -> None:
    """Months must be those of the season before them; a time zone needs times to belong to, and nothing else."""
    if zone := _ZONE.fullmatch(note):
        place = re.split(r"[ .,'-]+", zone["place"] or zone["of"] or "")
        kinds = {MEANINGS[word][0].kind for word in place if word in MEANINGS}
        if (found.start_time or found.end_time) and kinds <= _IN_NAMES_OF_PLACES:
            return
    elif found.when.is_day_precise and found.when.is_range:
        first, last = found.when.earliest(), found.when.latest()
        if _weekdays_in(note) == [first.weekday(), last.weekday()]:
            return
    elif found.when.precision in (Precision.SEASON, Precision.QUARTER):
        first, last = found.when.earliest(southern), found.when.latest(southern)
        months = _months_in(note, today)
        if months is not None:
            if months in _spellings_of(first, last):
                return
            raise UnreadableDate(
                gettext(
                    "“%(date)s” does not mean the months in brackets. Leave the brackets out, or correct one "
                    "of the two."
                )
                % {"date": said(found.when, southern)}
            )
    raise not_understood(f"({note})")


def _weekdays_in(note: str) -> list[int]:
    """The two weekdays of "Wed–Fri"."""
    for reading in product(*branches_of(note)):
        tokens = [token for piece in reading for token in piece]
        kinds = [token.kind for token in tokens]
        if len(tokens) == 3 and kinds[0] is kinds[2] is Kind.WEEKDAY and kinds[1] in BETWEEN_ENDS:
            return [int(tokens[0].value), int(tokens[2].value)]
    return []


def _months_in(note: str, today: date) -> list[tuple[int | None, int | None]] | None:
    """The (year, month) of both ends of "Dec 2025 – Feb 2026", as far as it says them."""
    for reading in product(*branches_of(note)):
        try:
            ends = points_of(phrases_of(token for piece in reading for token in piece), today)
        except UnreadableDate:
            continue
        if len(ends.points) == 2 and all({"month"} <= point.names <= {"month", "year"} for point in ends.points):
            return [(point.year, point.month) for point in ends.points]
    return None


def _spellings_of(first: date, last: date) -> list[list[tuple[int | None, int | None]]]:
    return [
        [(first_year, first.month), (last_year, last.month)]
        for first_year in (None, first.year)
        for last_year in (None, last.year)
    ]
