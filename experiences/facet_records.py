"""The facts of all published records as sets: read whole, or brought up to date record by record."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import neg

from django.db import DEFAULT_DB_ALIAS, connections

from experiences.bitsets import bitset, bitsets, everything, inserted, removed
from experiences.models import Experience, years_of
from publishing.models import State
from translations.texts import ALL_LANGUAGES

FACTS = ("pk", "city", "country", "started", "award_year")


@dataclass
class Records:
    """All records that are published at some time, the newest first. `windows` has those that show for a time only."""

    pks: Sequence[int]
    windows: dict[int, tuple[datetime | None, datetime | None]]
    countries: dict[str, int]
    cities: dict[int, int]
    years: dict[str, int]
    languages: dict[str, int]
    place_of: dict[int, int] = field(default_factory=dict)
    _visible: tuple[datetime | None, datetime | None, int] | None = field(default=None, init=False)

    def __post_init__(self):
        self.place_of = self.place_of or {pk: place for place, pk in enumerate(self.pks)}

    def visible(self, at: datetime) -> int:
        """Those that the public may see at a moment: the same answer as `published(at)`."""
        known = self._visible
        if known and (known[0] is None or known[0] <= at) and (known[1] is None or at < known[1]):
            return known[2]
        moments = {moment for window in self.windows.values() for moment in window if moment}
        hidden = bitset(
            self.place_of[pk]
            for pk, (since, until) in self.windows.items()
            if (since and since > at) or (until is not None and until <= at)
        )
        bits = everything(len(self.pks)) & ~hidden
        # In one assignment: other threads may be asking about another moment.
        self._visible = (
            max((moment for moment in moments if moment <= at), default=None),
            min((moment for moment in moments if moment > at), default=None),
            bits,
        )
        return bits


@dataclass(frozen=True)
class Moves:
    """What it takes to turn sets of the records as they stood into sets of the records as they stand.

    Places that went, then places that came, each counted as they are at that step. `come` are the keys of the latter.
    """

    gone: list[int] = field(default_factory=list)
    came: list[int] = field(default_factory=list)
    come: set[int] = field(default_factory=set)

    def of(self, bits: int) -> int:
        for place in self.gone:
            bits = removed(bits, place)
        for place in self.came:
            bits = inserted(bits, place)
        return bits


def read_records() -> Records:
    published = published_ever()
    rows = plain_rows(published.values_list(*FACTS))
    size = len(rows)
    years = [
        (year, place) for place, (*_, started, award_year) in enumerate(rows) for year in years_of(started, award_year)
    ]
    records = Records(
        pks=array("q", (row[0] for row in rows)),
        windows={},
        countries=bitsets(((row[2], place) for place, row in enumerate(rows)), size),
        cities=bitsets(((row[1], place) for place, row in enumerate(rows) if row[1]), size),
        years=bitsets(years, size),
        languages={},
    )
    records.windows = {pk: window for pk, *window in windows_of(published) if pk in records.place_of}
    for code in ALL_LANGUAGES:
        written = plain_rows(published.filter(**{f"title_{code}__gt": ""}).values_list("pk"))
        records.languages[code] = bitset(records.place_of[pk] for (pk,) in written if pk in records.place_of)
    return records


def patched_records(before: Records, changed: set[int]) -> tuple[Records, Moves]:
    """The records after some of them changed, came or went; two queries, however many there are."""
    published = published_ever().filter(pk__in=changed)
    titles = [f"title_{code}" for code in ALL_LANGUAGES]
    rows = {row[0]: row for row in plain_rows(published.values_list(*FACTS, *titles))}
    windows = {pk: window for pk, window in before.windows.items() if pk not in changed}
    windows |= {pk: window for pk, *window in windows_of(published) if pk in rows}
    was = {pk for pk in changed if pk in before.place_of}
    pks, moves = moved(before.pks, was - rows.keys(), rows.keys() - was)
    records = Records(pks, windows, {}, {}, {}, {}, before.place_of if pks is before.pks else {})
    places = {pk: records.place_of[pk] for pk in rows}

    def patched(sets, values_of):
        new = [(value, places[pk]) for pk, row in rows.items() for value in values_of(row)]
        return patched_sets(sets, moves, places.values(), new)

    records.cities = patched(before.cities, lambda row: [row[1]] if row[1] else [])
    records.countries = patched(before.countries, lambda row: [row[2]])
    records.years = patched(before.years, lambda row: years_of(row[3], row[4]))
    written = patched(
        before.languages, lambda row: [code for code, title in zip(ALL_LANGUAGES, row[5:], strict=True) if title]
    )
    records.languages = {code: written.get(code, 0) for code in ALL_LANGUAGES}
    return records, moves


def patched_sets(sets: dict, moves: Moves, places: Iterable[int], new: Iterable[tuple]) -> dict:
    """Sets in which what is known of some places is replaced by `new`, pairs of a value and a place."""
    old = bitset(places)
    found = {value: moves.of(bits) & ~old for value, bits in sets.items()}
    for value, place in new:
        found[value] = found.get(value, 0) | 1 << place
    return {value: bits for value, bits in found.items() if bits}


def moved(pks: Sequence[int], gone: set[int], come: set[int]) -> tuple[Sequence[int], Moves]:
    """The keys without some and with others; the same object where neither is."""
    if not gone and not come:
        return pks, Moves()
    found, moves = array("q", pks), Moves(come=come)
    for pk in gone:
        place = bisect_left(found, -pk, key=neg)
        found.pop(place)
        moves.gone.append(place)
    for pk in come:
        place = bisect_left(found, -pk, key=neg)
        found.insert(place, pk)
        moves.came.append(place)
    return found, moves


def published_ever():
    return Experience.objects.rewrite(False).filter(state=State.PUBLISHED).order_by("-pk")


def windows_of(published):
    return published.exclude(publish_at=None, withdraw_at=None).values_list("pk", "publish_at", "withdraw_at")


def read_relation(through, records: Records, among: set[int] | None = None) -> list[tuple[int, int]]:
    """(value, place) of a relation, of all records or of some; not of drafts."""
    value = next(
        field.attname for field in through._meta.fields if field.is_relation and field.related_model is not Experience
    )
    rows = through.objects.order_by()
    if among is not None:
        rows = rows.filter(experience__in=among)
    place_of = records.place_of
    return [(key, place_of[pk]) for key, pk in plain_rows(rows.values_list(value, "experience_id")) if pk in place_of]


def plain_rows(queryset) -> list[tuple]:
    """As the database gives them: to wrap each row of so many takes longer than all the rest."""
    sql, params = queryset.query.sql_with_params()
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
