"""How far the sending of an issue has come, in one query, for a page that asks once a second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from newsletter.models import Delivery, Issue, Sending
from newsletter.queueing import readers_of

# The pace is that of about the last minute: an hour of pause in between says nothing about it.
SPAN = 60  # seconds
State = Delivery.State


@dataclass(frozen=True)
class Progress:
    """`counts` are deliveries by state, `total` is how many there will be: as many as readers until all are queued."""

    counts: dict[str, int]
    total: int
    left: timedelta | None = None

    @property
    def done(self) -> int:
        return sum(count for state, count in self.counts.items() if state not in Delivery.UNFINISHED)

    @property
    def percent(self) -> int:
        """100 only when nothing is left."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def left_words(self) -> str:
        """“about 5 minutes left”; "" where it cannot be told."""
        if self.left is None:
            return ""
        minutes = round(self.left.total_seconds() / 60)
        if minutes < 1:
            return gettext("less than a minute left")
        text = ngettext("about %(count)d minute left", "about %(count)d minutes left", minutes)
        return text % {"count": minutes}

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        """[(state, its word, how many)], in the order of the states."""
        return [(state, str(State(state).label), count) for state, count in self.counts.items()]


def progress_of(issue: Issue) -> Progress:
    """Two queries, a third one while readers are still being queued."""
    counts = Delivery.counts_of(issue)
    total = sum(counts.values())
    under_way = issue.state in (Issue.State.SENDING, Issue.State.PAUSED)
    if under_way and Sending.objects.filter(issue=issue, all_queued=False).exists():
        total = max(total, readers_of(issue).count())
    progress = Progress(counts, total)
    left = time_left(issue, progress) if issue.state == Issue.State.SENDING else None
    return Progress(counts, total, left)


def time_left(issue: Issue, progress: Progress) -> timedelta | None:
    """By the pace since somebody last looked, at most some minutes ago; None until it can be told."""
    key, now = f"newsletter-pace-{issue.pk}", timezone.now().timestamp()
    seen = [(at, done) for at, done in cache.get(key, []) if now - at <= SPAN and done <= progress.done]
    if not seen or now - seen[-1][0] >= 1:
        cache.set(key, [*seen, (now, progress.done)], 2 * SPAN)
    if not seen or progress.done == seen[0][1]:
        return None
    at, done = seen[0]
    pace = (progress.done - done) / max(now - at, 1)
    return timedelta(seconds=round((progress.total - progress.done) / pace))
