"""What became public within a period.

Nothing runs when an item's moment comes, and no column says when an editor pressed “publish”. So an item is new by the
moment that it was given, by the day that it bears (news), or by when it was made; and one that is older than the
period, by its history: what was still a draft when the period began has become public since.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Max, Min, Q
from django.utils import timezone

from desk.history.recording import versions_of
from newsletter.holdings import Holding
from publishing.models import State

# News that is entered so much later than its day is an addition to the archive, and no news.
LATE = timedelta(days=31)


def newly_public(holding: Holding, start: datetime, end: datetime) -> models.QuerySet:
    """Rows of a kind that are public at `end` and were not at `start` (aware datetimes). Two queries before the rows'
    own, however many there are.
    """
    came_out = Q(publish_at__gt=start) | Q(publish_at=None, created_at__gt=start)
    if has_day(holding.model):
        first, last = timezone.localdate(start), timezone.localdate(end)
        came_out = Q(publish_at__gt=start) | Q(date__gt=first, date__lte=last)
        came_out |= Q(publish_at=None, created_at__gt=start, date__gt=first - LATE, date__lte=last)
    old = Q(publish_at=None, created_at__lte=start, updated_at__gt=start)
    touched = models.QuerySet(holding.model).filter(old, state=State.PUBLISHED).values_list("pk", flat=True)
    rows = holding.public(end).filter(came_out | Q(pk__in=were_drafts(holding.model, list(touched), start)))
    return rows.exclude(**{holding.networks: None}) if holding.only_of_networks else rows


def has_day(model) -> bool:
    return any(field.name == "date" and isinstance(field, models.DateField) for field in model._meta.concrete_fields)


def were_drafts(model, pks: list[int], moment: datetime) -> set[int]:
    """Those of the items that were drafts at a moment, as far as their history tells. Two queries, none for none."""
    if not pks:
        return set()
    keys = [str(pk) for pk in pks]
    known = versions_of(model).filter(object_id__in=keys).order_by().values("object_id")
    bounds = known.annotate(
        # The first version after the moment says what the item was before its history began.
        before=Max("pk", filter=Q(revision__date_created__lte=moment)),
        after=Min("pk", filter=Q(revision__date_created__gt=moment)),
    )
    wanted = [row["before"] or row["after"] for row in bounds]
    texts = versions_of(model).filter(pk__in=wanted).values_list("object_id", "serialized_data")
    return {int(key) for key, text in texts if json.loads(text)[0]["fields"].get("state") == State.DRAFT}
