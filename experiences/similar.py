"""Records that are like one: the more they share of what it is about, and the rarer that is, the nearer."""

from __future__ import annotations

from math import log2

from experiences.bitsets import highest, union
from experiences.facet_index import FacetIndex
from experiences.models import Experience
from publishing import clock
from publishing.prepared import prepared
from translations.models import TranslatedOnly
from translations.texts import current_language

# What it is about counts most; where it is only decides among what is alike.
WEIGHTS = {"theme": 4, "principle": 3, "sdg": 2, "target_group": 2, "city": 1, "country": 1}
ABOUT = ("theme", "principle", "sdg", "target_group")


def similar_pks(index: FacetIndex, pk: int, count: int, at=None) -> list[int]:
    """Keys of the visible and listed records that share most with a record, the nearest first.

    A value that half of the bank has says little of a record, one that five have says much: its weight grows with
    each halving.
    """
    place = index.records.place_of.get(pk)
    if place is None:
        return []
    visible = index.visible(at or clock.now())
    if TranslatedOnly.objects.filter(bank=True).exists():
        visible &= index.records.languages[current_language()]
    own = {name: [value.bits for value in index.values[name].values() if value.bits >> place & 1] for name in WEIGHTS}
    among = visible & union(bits for name in ABOUT for bits in own[name]) & ~(1 << place)
    size = max(visible.bit_count(), 1)
    weighted = [
        (bits, round(WEIGHTS[name] * (1 + log2(size / max((bits & visible).bit_count(), 1)))))
        for name, sets in own.items()
        for bits in sets
    ]
    return [index.records.pks[place] for place, _score in highest(weighted, among, count)]


def similar_experiences(index: FacetIndex, pk: int, count: int = 4) -> list[Experience]:
    """The records themselves, for cards. Two queries and those of the cards."""
    return in_order_of(similar_pks(index, pk, count))


def in_order_of(pks: list[int], *, with_goals: bool = False) -> list[Experience]:
    """The public records of these keys, in their order, for cards; for rows of a table with their goals too."""
    place = {pk: number for number, pk in enumerate(pks)}
    if not pks:
        return []
    return sorted((rows_of if with_goals else cards_of)(*pks), key=lambda item: place[item.pk])


@prepared
def cards_of(*keys):
    return Experience.objects.published().filter(pk__in=keys).for_cards().order_by()


@prepared
def rows_of(*keys):
    return Experience.objects.published().filter(pk__in=keys).for_cards().prefetch_related("sdgs").order_by()
