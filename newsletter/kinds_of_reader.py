"""Which parts of an issue concern a reader: by language, chosen networks and chosen themes, and by nothing else.

A part with networks concerns readers who chose one of them or none at all; the same for themes; a part with neither
concerns everybody. Readers for whom the same parts remain are of one kind, and share one letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from newsletter.holdings import by_content_type, in_order, linked, public_items
from newsletter.models import Issue
from translations.texts import languages_of

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PartTopics:
    """Whom a part concerns. `languages` are those in which its item has a title of its own."""

    part_id: int
    networks: frozenset[int] = NOTHING
    themes: frozenset[int] = NOTHING
    languages: frozenset[str] = frozenset()


def concerns(part: PartTopics, networks: frozenset[int], themes: frozenset[int]) -> bool:
    """Whether a part concerns a reader who chose these networks and themes (ids; empty: no choice, so all)."""
    return (not part.networks or not networks or not part.networks.isdisjoint(networks)) and (
        not part.themes or not themes or not part.themes.isdisjoint(themes)
    )


def parts_for(
    topics: Iterable[PartTopics],
    language: str,
    networks: frozenset[int] = NOTHING,
    themes: frozenset[int] = NOTHING,
    *,
    untranslated: str = Issue.Untranslated.ORIGINAL,
) -> tuple[int, ...]:
    """Ids of the parts that a reader gets, in the letter's order.

    `untranslated` (a value of `Issue.Untranslated`) says what becomes of parts whose item lacks the language.
    """
    return tuple(
        part.part_id
        for part in topics
        if concerns(part, networks, themes)
        and (untranslated == Issue.Untranslated.ORIGINAL or language in part.languages)
    )


def topics_of(issue: Issue, at=None) -> list[PartTopics]:
    """Of each part that is kept and whose item readers may see at a moment (now by default), in the letter's order.

    As many queries for many parts as for one of each kind.
    """
    parts = in_order(issue.parts.filter(is_kept=True))
    items = public_items(parts, at)
    networks, themes = {}, {}
    for kind, of_kind in grouped(part for part in parts if part.pk in items).items():
        holding = by_content_type()[kind]
        pks = [part.object_id for part in of_kind]
        for path, found in ((holding.networks, networks), (holding.themes, themes)):
            links = linked(holding, path, pks)
            found |= {part.pk: links.get(part.object_id, NOTHING) for part in of_kind}
    return [
        PartTopics(part.pk, networks[part.pk], themes[part.pk], frozenset(languages_of(items[part.pk])))
        for part in parts
        if part.pk in items
    ]


def grouped(parts) -> dict[int, list]:
    found = defaultdict(list)
    for part in parts:
        found[part.content_type_id].append(part)
    return found
