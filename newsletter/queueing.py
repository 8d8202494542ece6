"""A delivery for each reader of an issue, a few thousand at a time.

Readers are taken in the order of their ids. Up to which one the work has come stands in the issue, and is written
together with the deliveries: after an interruption it goes on there, and nobody is queued twice or left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b

from django.db import transaction

from newsletter.kinds_of_reader import parts_for, topics_of
from newsletter.models import Delivery, Issue, Letter, Sending, Subscriber

READERS_AT_ONCE = 2000


def queue(issue: Issue) -> Iterator[int]:
    """Make the deliveries, and tell after each step how many readers were looked at. The caller has the turn."""
    sending = Sending.objects.get(issue=issue)
    if sending.all_queued:
        return
    letters = LettersOf(issue)
    while rows := next_readers(issue, sending.queued_up_to):
        ids = [pk for pk, _language in rows]
        networks, themes = chosen("networks", "network_id", ids), chosen("themes", "theme_id", ids)
        deliveries = [
            Delivery(issue=issue, subscriber_id=pk, letter_id=letter, due_at=issue.started_at)
            for pk, language in rows
            if (letter := letters.for_reader(language, networks[pk], themes[pk])) is not None
        ]
        with transaction.atomic():
            Delivery.objects.bulk_create(deliveries)
            sending.queued_up_to = ids[-1]
            sending.save(update_fields=["queued_up_to"])
        yield len(rows)
    sending.all_queued = True
    sending.save(update_fields=["all_queued"])


def readers_of(issue: Issue):
    """Who gets an issue: those who had confirmed when it began to be sent, and chose to read it."""
    readers = Subscriber.objects.confirmed()
    if issue.started_at:
        readers = readers.filter(confirmed_at__lte=issue.started_at)
    if issue.audience != Issue.Audience.EVERYBODY:
        readers = readers.filter(frequency=issue.audience)
    return readers


def next_readers(issue: Issue, after: int | None) -> list[tuple[int, str]]:
    readers = readers_of(issue).order_by("pk")
    if after is not None:
        readers = readers.filter(pk__gt=after)
    return list(readers.values_list("pk", "language")[:READERS_AT_ONCE])


def chosen(relation: str, column: str, ids: list[int]) -> dict[int, frozenset[int]]:
    """What each of these readers chose; the empty set for those who chose nothing."""
    through = getattr(Subscriber, relation).through
    rows = through.objects.filter(subscriber_id__gte=ids[0], subscriber_id__lte=ids[-1])
    found = defaultdict(set)
    for subscriber, value in rows.values_list("subscriber_id", column):
        found[subscriber].add(value)
    return defaultdict(frozenset, {subscriber: frozenset(values) for subscriber, values in found.items()})


class LettersOf:
    """The letters of an issue, one for each kind of reader that comes along."""

    def __init__(self, issue: Issue):
        self.issue = issue
        self.topics = topics_of(issue)
        self.by_choice: dict[tuple, int | None] = {}
        self.by_parts: dict[tuple[str, str], int] = {}

    def for_reader(self, language: str, networks: frozenset[int], themes: frozenset[int]) -> int | None:
        """The letter's id; None where nothing in the issue concerns this reader."""
        key = (language, networks, themes)
        if key not in self.by_choice:
            parts = parts_for(self.topics, language, networks, themes, untranslated=self.issue.untranslated)
            self.by_choice[key] = self.letter(language, parts)
        return self.by_choice[key]

    def letter(self, language: str, parts: tuple[int, ...]) -> int | None:
        # The introduction alone is no reason to write, unless the issue is nothing but an announcement.
        if not parts and self.topics:
            return None
        digest = digest_of(parts)
        if (language, digest) not in self.by_parts:
            letter, _is_new = Letter.objects.get_or_create(
                issue=self.issue, language=language, parts_digest=digest, defaults={"parts": list(parts)}
            )
            self.by_parts[language, digest] = letter.pk
        return self.by_parts[language, digest]


def digest_of(parts: tuple[int, ...]) -> str:
    return blake2b(" ".join(map(str, parts)).encode(), digest_size=16).hexdigest()
