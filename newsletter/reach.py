"""How many readers an issue will reach, language by language, before it is sent."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from newsletter.kinds_of_reader import PartTopics, topics_of
from newsletter.models import Issue, Subscriber
from newsletter.queueing import readers_of


def readers_by_language(issue: Issue) -> dict[str, int]:
    """{code: readers whose letter has something in it}, without languages that nobody reads. One query for the
    readers of each language.
    """
    topics, found = topics_of(issue), {}
    has_parts = issue.parts.filter(is_kept=True).exists()
    for code, _name in settings.LANGUAGES:
        readers = readers_of(issue).filter(language=code)
        shown = [
            part for part in topics if issue.untranslated == Issue.Untranslated.ORIGINAL or code in part.languages
        ]
        if has_parts:
            readers = readers.filter(concerned_by(shown)) if shown else readers.none()
        if count := readers.aggregate(count=Count("pk"))["count"]:
            found[code] = count
    return found


def concerned_by(topics: Iterable[PartTopics]) -> Q:
    """The same rule as `concerns`, for the database: readers whom at least one of these parts concerns."""
    found = Q()
    for networks, themes in {(part.networks, part.themes) for part in topics}:
        if not networks and not themes:
            return Q()
        found |= chose("networks", "network_id", networks) & chose("themes", "theme_id", themes)
    return found


def chose(relation: str, column: str, ids: frozenset[int]) -> Q:
    if not ids:
        return Q()
    rows = getattr(Subscriber, relation).through.objects.filter(subscriber_id=OuterRef("pk"))
    return Q(~Exists(rows)) | Q(Exists(rows.filter(**{f"{column}__in": ids})))
