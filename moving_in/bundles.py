"""Which posts of WordPress become one item: translations of one another that the same people may read.

An item here is public or not in all of its languages. So a translation that is still a draft does not join a public
post, which would publish it: it becomes a draft of its own, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from agenda.models import Event
from moving_in.kinds import CLOSED, EVENT, PAGE, POST, PUBLIC, SCHEDULED, openness
from moving_in.ledger import Ledger
from moving_in.models import MovedThing
from moving_in.staging import Staging
from moving_in.wxr.records import Item
from news.models import Post
from pages.models import Page

AT_ONCE = 40
MODELS: dict[str, type[models.Model]] = {POST: Post, PAGE: Page, EVENT: Event}


@dataclass
class Bundle:
    """`members` are (language, post), the one that the others were translated from first."""

    becomes: str
    members: list[tuple[str, Item]]
    things: dict[int, MovedThing]
    item: models.Model | None = None
    is_gone: bool = False

    @property
    def source_language(self) -> str:
        return self.members[0][0]

    @property
    def source(self) -> Item:
        return self.members[0][1]

    @property
    def openness(self) -> str:
        return openness(self.source)

    def number_in(self, language: str) -> int:
        """WordPress's of the post in one of its languages."""
        return {code: item.number for code, item in self.members}[language]

    @property
    def numbers(self) -> list[int]:
        return [item.number for _language, item in self.members]


def portions(staging: Staging, ledger: Ledger) -> Iterator[list[Bundle]]:
    """All that becomes a post, page or event, in portions; each knows the item that it became before, if it did."""
    leaders = staging.database.execute(
        "SELECT DISTINCT leader FROM items WHERE becomes IN ('post', 'page', 'event') ORDER BY leader"
    ).fetchall()
    for start in range(0, len(leaders), AT_ONCE):
        bundles = [bundle for (leader,) in leaders[start : start + AT_ONCE] for bundle in bundles_of(staging, leader)]
        yield with_items(bundles, ledger, staging)


def bundles_of(staging: Staging, leader: int) -> Iterator[Bundle]:
    rows = list(staging.numbers("leader = ? AND becomes IN ('post', 'page', 'event')", leader))
    rows.sort(key=lambda row: (row[0] != leader, row[0]))
    by_openness: dict[str, list] = {}
    for number, becomes, language, _leader in rows:
        item = staging.item(number)
        by_openness.setdefault(openness(item), []).append((becomes, language, item))
    groups = [by_openness.get(name, []) for name in (PUBLIC, SCHEDULED, CLOSED)]
    is_mixed = sum(map(bool, groups)) > 1
    for place, group in enumerate(groups):
        if not group:
            continue
        if is_mixed and place:
            # Each by itself: what joins them is public, and they are not.
            for becomes, language, item in group:
                staging.report.note(
                    "joining",
                    f"“{item.title}” is not public in WordPress, its translation is: it stays an item of its own",
                    item.number,
                )
                yield Bundle(becomes, [(language, item)], {})
        else:
            yield Bundle(group[0][0], [(language, item) for _becomes, language, item in group], {})


def with_items(bundles: list[Bundle], ledger: Ledger, staging: Staging) -> list[Bundle]:
    names = [str(number) for bundle in bundles for number in bundle.numbers]
    things = ledger.things(MovedThing.Kind.POST, names)
    found = []
    for bundle in bundles:
        found += split_by_item(bundle, things, staging)
    wanted: dict[int, set[int]] = {}
    for bundle in found:
        for thing in bundle.things.values():
            wanted.setdefault(thing.content_type_id, set()).add(thing.object_id)
    rows = {
        (key, row.pk): row
        for key, pks in wanted.items()
        for row in ledger.model_of(key)._base_manager.filter(pk__in=pks)
    }
    for bundle in found:
        if bundle.things:
            thing = next(iter(bundle.things.values()))
            bundle.item = rows.get((thing.content_type_id, thing.object_id))
            bundle.is_gone = bundle.item is None
            # What it became it stays, also if its category says something else by now.
            bundle.becomes = next(
                (name for name, model in MODELS.items() if type(bundle.item) is model), bundle.becomes
            )
    return found


def split_by_item(bundle: Bundle, things: dict[str, MovedThing], staging: Staging) -> list[Bundle]:
    """Posts that came in apart, before somebody marked them as translations, stay apart: both have addresses here."""
    apart: dict[tuple, Bundle] = {}
    new = []
    for language, item in bundle.members:
        thing = things.get(str(item.number))
        if thing is None:
            new.append((language, item))
            continue
        key = (thing.content_type_id, thing.object_id)
        other = apart.setdefault(key, Bundle(bundle.becomes, [], {}))
        other.members.append((language, item))
        other.things[item.number] = thing
    if not apart:
        return [bundle]
    if len(apart) > 1:
        numbers = ", ".join(map(str, bundle.numbers))
        staging.report.note(
            "joining", f"{numbers} came in as several items before, and stay several", bundle.numbers[0]
        )
    found = list(apart.values())
    found[0].members += new
    return found
