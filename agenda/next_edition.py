"""An event as the next one of its kind begins: same people and place, a year and a number later, nothing promised."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass, replace
from uuid import UUID

from agenda.models import Event
from agenda.raised_numbers import raise_numbers
from editions.models import Edition
from publishing.dates import LAST_YEAR, Precision, parse_edtf
from translations.texts import ALL_LANGUAGES, columns

# Taken over as they are. A theme and a source belong to one edition; the body is there to be worked over.
KEPT = [
    *"kind mode place city country network start_time end_time timezone picture source_language".split(),
    *columns("body"),
]
RAISED_TEXTS = ("title", "summary")


@dataclass(frozen=True, slots=True)
class Step:
    """From one edition to the next: the numbers that stand in the texts, and how many years lie between."""

    year: int | None
    ordinal: int | None
    years: int = 1


def following_edition(event: Event) -> Edition | None:
    """The next edition of the event's series, if it has been entered."""
    edition = event.edition
    if edition is None or edition.ordinal is None:
        return None
    return Edition.objects.filter(series=edition.series_id, ordinal=edition.ordinal + 1).first()


def step_of(event: Event, edition: Edition | None = None) -> Step:
    """A year on, or as many years as lie between the event's edition and the following one, `edition`.

    The Congress is numbered by its edition, so that number stands in the title of an event without one of its own.
    """
    ordinal = event.ordinal
    if ordinal is None and event.edition is not None:
        ordinal = event.edition.ordinal
    years = max(edition.year - event.edition.year, 1) if edition is not None and event.edition is not None else 1
    known = parse_edtf(event.date)
    is_a_year = known.precision not in (Precision.UNKNOWN, Precision.DECADE)
    return Step(known.start[0] if is_a_year else None, ordinal, years)


def next_edition(event: Event, edition: Edition | None = None, uid: UUID | None = None) -> Event:
    """A draft that is not saved yet; `edition` is the following one, see `following_edition`.

    With a new name for calendars: `uid`, or one made here.
    """
    step = step_of(event, edition)
    copy = Event(
        **{name: getattr(event, name) for name in KEPT},
        **raised_texts(event, step),
        **({"uid": uid} if uid else {}),
        date=raise_year(event.date, step.years),
        ordinal=None if event.ordinal is None else event.ordinal + 1,
        edition=edition,
    )
    try:
        copy.event_date()
    except ValueError:
        # 28 and 29 February became one day, which ends before it starts.
        copy.end_time = None
    return copy


def raised_texts(event: Event, step: Step) -> dict[str, str | None]:
    """`{column: text}` of titles and summaries; one that would no longer fit its column stays as it is."""
    texts = {}
    for field in RAISED_TEXTS:
        for code in ALL_LANGUAGES:
            column = f"{field}_{code}"
            text = getattr(event, column)
            raised = text and raise_numbers(text, step.year, step.ordinal, language=code, years=step.years)
            most = event._meta.get_field(column).max_length
            texts[column] = text if most and raised and len(raised) > most else raised
    return texts


def raise_year(edtf: str, years: int = 1) -> str:
    """The date as many years later, as vague as before; 29 February becomes the 28th.

    A decade and a date to be announced say no year that could be raised, and the calendar ends with LAST_YEAR.
    """
    known = parse_edtf(edtf)
    if known.precision in (Precision.UNKNOWN, Precision.DECADE):
        return edtf
    if max(known.start, known.end or known.start)[0] + years > LAST_YEAR:
        return edtf
    start = _later(known.start, known.precision, years)
    end = known.end and _later(known.end, known.precision, years)
    return replace(known, start=start, end=None if end == start else end).edtf


def _later(parts: tuple[int, ...], precision: Precision, years: int) -> tuple[int, ...]:
    year = parts[0] + years
    if precision is Precision.DAY and parts[1:] == (2, 29) and not isleap(year):
        return year, 2, 28
    return year, *parts[1:]


def already_there(copy: Event) -> Event | None:
    """Another event of this network and kind that has the copy's number."""
    if copy.ordinal is None:
        return None
    return Event.objects.filter(network=copy.network_id, kind=copy.kind, ordinal=copy.ordinal).first()
