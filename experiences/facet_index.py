"""What every record of the bank is described by, in a form in which counting costs next to nothing.

For each value of each facet a set of records (`experiences.bitsets`). A process reads them once. When tables have
changed since it last looked (`experiences.table_versions`), it reads again what concerns the records that changed, and
everything only where nobody noted which these were. What is visible at a moment follows from the moments kept beside.
Nothing in here is a copy that could disagree with the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from experiences.bitsets import bitset, bitsets, places, union
from experiences.facet_records import (
    Moves,
    Records,
    patched_records,
    patched_sets,
    read_records,
    read_relation,
)
from experiences.models import CharterPart, CharterPrinciple, Experience, Sdg, TableVersion, TargetGroup, Theme
from experiences.table_versions import records_changed
from networks.models import City, Membership, Network
from search.models import IndexRow
from translations.texts import columns

# In the order in which a page offers them and an address names them.
FACETS = ("theme", "target_group", "sdg", "principle", "country", "city", "network", "year", "language")
RELATIONS = (
    ("theme", Experience.themes.through, Theme, "key"),
    ("target_group", Experience.target_groups.through, TargetGroup, "key"),
    ("sdg", Experience.sdgs.through, Sdg, "number"),
    ("principle", Experience.charter_principles.through, CharterPrinciple, "number"),
)
# Of more records at once, everything is read anew: it takes no longer.
MOST_PATCHED = 40


@dataclass(frozen=True)
class Value:
    """Something to choose in a facet. `item` is the row that it names, or the bare code or year."""

    key: str
    item: Any
    bits: int


@dataclass
class FacetIndex:
    records: Records
    values: dict[str, dict[str, Value]]
    versions: tuple[tuple[str, str], ...]

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


@dataclass(frozen=True)
class Known:
    """What a process knows as of the versions that the tables had: never changed, only followed by another one.

    `related` are the sets of each relation by the keys of its values, `rows` what other tables say.
    """

    versions: dict[str, str]
    records: Records
    related: dict[str, dict[int, int]]
    rows: dict[str, Any]
    index: FacetIndex


class Looking:
    """One look at the tables: which have changed since `before`, and in which of their records."""

    def __init__(self, before: Known | None, versions: dict[str, str]):
        self.before, self.versions = before, versions

    def is_same(self, *models) -> bool:
        tables = [model._meta.db_table for model in models]
        return self.before is not None and all(
            table in self.versions and self.versions[table] == self.before.versions.get(table) for table in tables
        )

    def changed(self, model) -> set[int] | None:
        """Keys of the records that changed; None for too many, or unknown ones."""
        if self.is_same(model):
            return set()
        table = model._meta.db_table
        if self.before is None or table not in self.versions or table not in self.before.versions:
            return None
        found = records_changed(table, self.before.versions[table], self.versions[table])
        return None if found is None or len(found) > MOST_PATCHED else found

    def records(self) -> tuple[Records, Moves | None]:
        """Without moves where the records stand in other places and nobody knows in which."""
        changed = self.changed(Experience)
        if changed is None:
            records = read_records()
            same_places = self.before is not None and self.before.records.pks == records.pks
            return records, Moves() if same_places else None
        return patched_records(self.before.records, changed) if changed else (self.before.records, Moves())

    def related(self, name: str, through, records: Records, moves: Moves | None) -> dict[int, int]:
        changed = self.changed(through) if moves is not None else None
        if changed is None:
            return bitsets(read_relation(through, records), len(records.pks))
        # The relations of a draft were not known.
        changed = changed | moves.come
        known = self.before.related[name]
        if not changed and not moves.gone:
            return known
        new = read_relation(through, records, changed) if changed else []
        return patched_sets(known, moves, [records.place_of[pk] for pk in changed if pk in records.place_of], new)

    def rows(self, name: str, models, read) -> Any:
        return self.before.rows[name] if self.is_same(*models) else read()


_kept: dict[str, Known] = {}


def facet_index() -> FacetIndex:
    """The index as of now. One query while no table has changed, and never more than a few."""
    of_content = TableVersion.objects.exclude(name=IndexRow._meta.db_table)
    versions = dict(of_content.values_list("name", "version"))
    before = _kept.get("known")
    if before is None or before.versions != versions or not versions:
        before = _kept["known"] = looked(Looking(before, versions))
    return before.index


def looked(look: Looking) -> Known:
    records, moves = look.records()
    related = {name: look.related(name, through, records, moves) for name, through, *_ in RELATIONS}
    rows = {name: look.rows(name, models, read) for name, (models, read) in ROWS.items()}
    values = {
        name: {str(getattr(item, key)): item_value(item, key, related[name]) for item in rows[name]}
        for name, _through, _model, key in RELATIONS
    }
    values["country"] = plain_values(records.countries)
    values["city"] = {city.slug: Value(city.slug, city, records.cities.get(city.pk, 0)) for city in rows["city"]}
    values["network"] = network_values(rows["network"], rows["membership"], records)
    values["year"] = plain_values(dict(sorted(records.years.items(), reverse=True)))
    values["language"] = plain_values(records.languages)
    index = FacetIndex(records, {name: values[name] for name in FACETS}, tuple(sorted(look.versions.items())))
    return Known(look.versions, records, related, rows, index)


def item_value(item, key: str, sets: dict[int, int]) -> Value:
    return Value(str(getattr(item, key)), item, sets.get(item.pk, 0))


def read_cities() -> list[City]:
    names = ("name", "slug", "country", "region", "part_of", "state", "publish_at", "withdraw_at")
    return list(City.objects.order_by("pk").only(*names))


def read_networks() -> list[Network]:
    """Drafts too: who offers them asks `is_public`."""
    names = ("official_name", "official_language", "acronym", "state", "publish_at", "withdraw_at", "former_slugs")
    return list(Network.objects.only(*names, *columns("slug")))


def read_memberships() -> dict[int, list[int]]:
    cities: dict[int, list[int]] = {}
    for city, network in Membership.objects.order_by().values_list("city", "network"):
        cities.setdefault(network, []).append(city)
    return cities


# Of each: the tables that it is read from, and how. Vocabularies are in their own order.
ROWS = {
    "theme": ((Theme,), lambda: list(Theme.objects.all())),
    "target_group": ((TargetGroup,), lambda: list(TargetGroup.objects.all())),
    "sdg": ((Sdg,), lambda: list(Sdg.objects.all())),
    "principle": (
        (CharterPrinciple, CharterPart),
        lambda: list(CharterPrinciple.objects.select_related("part")),
    ),
    "city": ((City,), read_cities),
    "network": ((Network,), read_networks),
    "membership": ((Membership,), read_memberships),
}


def network_values(networks: list[Network], members: dict[int, list[int]], records: Records) -> dict[str, Value]:
    """By their key in the database: addresses are translated."""
    return {
        str(network.pk): Value(
            str(network.pk), network, union(records.cities.get(city, 0) for city in members.get(network.pk, ()))
        )
        for network in networks
    }


def plain_values(sets: dict[str, int]) -> dict[str, Value]:
    return {key: Value(key, key, bits) for key, bits in sets.items()}
