"""What every record of the bank is described by, in a form in which counting costs next to nothing.

For each value of each facet a set of records (`experiences.bitsets`). A process reads them when the tables have
changed since it last did (`experiences.table_versions`), and of these only the tables that did; what is visible at a
moment follows from the moments kept beside. Nothing in here is a copy that could disagree with the database.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from experiences.bitsets import bitset, bitsets, everything, places, union
from experiences.models import (
    CharterPrinciple,
    Experience,
    Sdg,
    TableVersion,
    TargetGroup,
    Theme,
    years_of,
)
from networks.models import City, Membership, Network
from publishing.models import State
from translations.texts import ALL_LANGUAGES, columns

# In the order in which a page offers them and an address names them.
FACETS = ("theme", "target_group", "sdg", "principle", "country", "city", "network", "year", "language")

_kept: dict[tuple[str, str], tuple[tuple, Any]] = {}


@dataclass(frozen=True)
class Value:
    """Something to choose in a facet. `item` is the row that it names, or the bare code or year."""

    key: str
    item: Any
    bits: int


@dataclass
class Records:
    """All records that are published at some time, the newest first."""

    pks: Sequence[int]
    windows: list[tuple[int, datetime | None, datetime | None]]
    countries: dict[str, int]
    cities: dict[int, int]
    years: dict[str, int]
    languages: dict[str, int]
    place_of: dict[int, int] = field(init=False)
    # The same object as long as the records stand in the same places: an edit seldom adds one or takes one away.
    order: object = field(default_factory=object, init=False)
    _visible: tuple[datetime | None, datetime | None, int] | None = field(default=None, init=False)

    def __post_init__(self):
        self.place_of = {pk: place for place, pk in enumerate(self.pks)}

    def visible(self, at: datetime) -> int:
        """Those that the public may see at a moment: the same answer as `published(at)`."""
        known = self._visible
        if known and (known[0] is None or known[0] <= at) and (known[1] is None or at < known[1]):
            return known[2]
        moments = {moment for _, *window in self.windows for moment in window if moment}
        hidden = bitset(
            place
            for place, since, until in self.windows
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


@dataclass
class FacetIndex:
    records: Records
    values: dict[str, dict[str, Value]]
    versions: tuple[str | None, ...]

    def visible(self, at: datetime) -> int:
        return self.records.visible(at)

    def bits_of(self, pks: Iterable[int]) -> int:
        """The set of these records; what is not published is in no set."""
        place_of = self.records.place_of
        return bitset(place_of[pk] for pk in pks if pk in place_of)

    def pks_of(self, bits: int) -> list[int]:
        """Their keys, the newest first."""
        pks = self.records.pks
        return [pks[place] for place in places(bits)]


def facet_index() -> FacetIndex:
    """The index as of now. One query while no table has changed."""
    versions = dict(TableVersion.objects.values_list("name", "version"))

    def kept(name: str, models: Iterable, make: Callable[[], Any], *more):
        """What was made when the tables of these models last had this version, and `more` was the same."""
        state = (*(versions.get(model._meta.db_table) for model in models), *more)
        known = _kept.get((DEFAULT_DB_ALIAS, name))
        if known and known[0] == state and None not in state:
            return known[1]
        made = make()
        _kept[DEFAULT_DB_ALIAS, name] = state, made
        return made

    before = _kept.get((DEFAULT_DB_ALIAS, "records"), (None, None))[1]
    records = kept("records", [Experience], lambda: read_records(before))
    values: dict[str, dict[str, Value]] = {}
    for name, relation, model, key in RELATIONS:
        through = relation.through
        pairs = kept(f"{name} pairs", [through], lambda through=through: read_pairs(through))
        values[name] = kept(
            name,
            [through, model],
            lambda pairs=pairs, model=model, key=key: related_values(records, pairs, model, key),
            records.order,
        )
    values["country"] = plain_values(records.countries)
    values["city"] = kept("city", [Experience, City], lambda: city_values(records))
    values["network"] = kept("network", [Experience, Membership, Network], lambda: network_values(records))
    values["year"] = plain_values(dict(sorted(records.years.items(), reverse=True)))
    values["language"] = plain_values(records.languages)
    return FacetIndex(records, {name: values[name] for name in FACETS}, tuple(sorted(versions.items())))


RELATIONS = (
    ("theme", Experience.themes, Theme, "key"),
    ("target_group", Experience.target_groups, TargetGroup, "key"),
    ("sdg", Experience.sdgs, Sdg, "number"),
    ("principle", Experience.charter_principles, CharterPrinciple, "number"),
)


def plain_rows(queryset) -> list[tuple]:
    """As the database gives them: to wrap each row of so many takes longer than all the rest."""
    sql, params = queryset.query.sql_with_params()
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def read_records(before: Records | None = None) -> Records:
    """`before` are the records as they were read last."""
    published = Experience.objects.rewrite(False).filter(state=State.PUBLISHED).order_by("-pk")
    rows = plain_rows(published.values_list("pk", "city", "country", "started", "award_year"))
    size = len(rows)
    years = [
        (year, place) for place, (*_, started, award_year) in enumerate(rows) for year in years_of(started, award_year)
    ]
    records = Records(
        pks=array("q", (row[0] for row in rows)),
        windows=[],
        countries=bitsets(((row[2], place) for place, row in enumerate(rows)), size),
        cities=bitsets(((row[1], place) for place, row in enumerate(rows) if row[1]), size),
        years=bitsets(years, size),
        languages={},
    )
    with_window = published.exclude(publish_at=None, withdraw_at=None)
    for pk, since, until in with_window.values_list("pk", "publish_at", "withdraw_at"):
        if pk in records.place_of:
            records.windows.append((records.place_of[pk], since, until))
    if before and before.pks == records.pks:
        records.order = before.order
    for code in ALL_LANGUAGES:
        written = plain_rows(published.filter(**{f"title_{code}__gt": ""}).values_list("pk"))
        records.languages[code] = bitset(records.place_of[pk] for (pk,) in written if pk in records.place_of)
    return records


def read_pairs(through) -> dict[int, array]:
    """{value: the records that have it} of a relation, drafts included."""
    value = next(
        field.attname for field in through._meta.fields if field.is_relation and field.related_model is not Experience
    )
    found: dict[int, array] = {}
    for pk, experience in plain_rows(through.objects.order_by().values_list(value, "experience_id")):
        if pk not in found:
            found[pk] = array("q")
        found[pk].append(experience)
    return found


def related_values(records: Records, pairs, model, key) -> dict[str, Value]:
    """In the vocabulary's own order, those that no record has included."""
    items = model.objects.select_related("part") if model is CharterPrinciple else model.objects.all()
    place_of = records.place_of
    return {
        str(getattr(item, key)): Value(
            str(getattr(item, key)),
            item,
            bitset(place_of[pk] for pk in pairs.get(item.pk, ()) if pk in place_of),
        )
        for item in items
    }


def city_values(records: Records) -> dict[str, Value]:
    names = ("name", "slug", "country", "region", "part_of", "state", "publish_at", "withdraw_at")
    return {
        city.slug: Value(city.slug, city, records.cities.get(city.pk, 0))
        for city in City.objects.order_by("pk").only(*names)
    }


def network_values(records: Records) -> dict[str, Value]:
    """By their key in the database: addresses are translated. Drafts too: who offers them asks `is_public`."""
    cities: dict[int, list[int]] = {}
    for city, network in Membership.objects.order_by().values_list("city", "network"):
        cities.setdefault(network, []).append(records.cities.get(city, 0))
    names = ("official_name", "official_language", "acronym", "state", "publish_at", "withdraw_at", "former_slugs")
    return {
        str(network.pk): Value(str(network.pk), network, union(cities.get(network.pk, ())))
        for network in Network.objects.only(*names, *columns("slug"))
    }


def plain_values(sets: dict[str, int]) -> dict[str, Value]:
    return {key: Value(key, key, bits) for key, bits in sets.items()}
