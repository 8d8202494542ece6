"""The monthly digest: whom an issue reaches, what these readers have had already, when their next letter is due."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone

from newsletter.models import Issue, Subscriber

Audience = Issue.Audience
# Issues for whom brought something to readers of an issue for these. Who gets everything is spared what either had.
BROUGHT_TO = {
    Audience.EVERYBODY: list(Audience),
    Audience.EACH_ISSUE: [Audience.EACH_ISSUE, Audience.EVERYBODY],
    Audience.MONTHLY: [Audience.MONTHLY, Audience.EVERYBODY],
}


def issues_before(audience: str) -> models.QuerySet:
    """The issues that readers of an issue for this audience have had, the newest first."""
    return Issue.objects.archived().filter(audience__in=BROUGHT_TO[Audience(audience)])


def digest_of_month(now: datetime | None = None) -> Issue | None:
    """The issue that reached readers of the digest in this calendar month, by the secretariat's clock; the newest."""
    first = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return issues_before(Audience.MONTHLY).filter(started_at__gte=first).first()


def readers_without_digest(now: datetime | None = None) -> int:
    """How many readers wait for a digest this month that nobody composes yet. Three queries at most."""
    under_way = [Issue.State.DRAFT, Issue.State.APPROVED]
    readers = Subscriber.objects.confirmed().filter(frequency=Subscriber.Frequency.MONTHLY).count()
    if not readers or digest_of_month(now):
        return 0
    return 0 if Issue.objects.filter(state__in=under_way, audience=Audience.MONTHLY).exists() else readers
