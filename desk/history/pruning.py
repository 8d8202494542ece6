"""How long versions are kept: all of them for `HISTORY_DAYS`, of older ones the last of each month.

What was deleted can be recovered for as many days, and is then gone for good. Nought keeps everything for ever.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Max
from django.db.models.functions import TruncMonth
from django.utils import timezone
from reversion.models import Revision, Version

from desk.history.recording import versions_of, versions_of_gone

# Once a week, at an hour when nobody writes.
DAY, HOUR = 6, 3


def keeps_all_since():
    """The moment from which on every version is kept; None where all are."""
    return timezone.now() - timedelta(days=settings.HISTORY_DAYS) if settings.HISTORY_DAYS else None


def prune_weekly() -> None:
    """Called every hour by whoever serves the site. Bears being run twice."""
    now = timezone.localtime()
    if (now.weekday(), now.hour) == (DAY, HOUR):
        prune()


def prune() -> int:
    """How many versions went."""
    since = keeps_all_since()
    if since is None:
        return 0
    with transaction.atomic():
        old = Version.objects.filter(revision__date_created__lt=since)
        months = old.order_by().annotate(month=TruncMonth("revision__date_created"))
        kept = months.values("content_type", "object_id", "month").annotate(last=Max("pk"))
        count = delete(old.exclude(pk__in=kept.values("last")))
        for kind in ContentType.objects.filter(pk__in=Version.objects.order_by().values("content_type").distinct()):
            if (model := kind.model_class()) is not None:
                count += delete(forgotten(model, since))
        without_versions()
    return count


def forgotten(model, since):
    """Versions of items that were deleted before then."""
    last = (
        versions_of_gone(model)
        .order_by()
        .values("object_id")
        .annotate(last=Max("revision__date_created"))
        .filter(last__lt=since)
    )
    return versions_of(model).filter(object_id__in=last.values("object_id"))


def forget(model: type[models.Model], pk) -> int:
    """Every version of one item, as when somebody has a right to see it erased."""
    kind = ContentType.objects.get_for_model(model)
    with transaction.atomic():
        count = delete(Version.objects.filter(content_type=kind, object_id=str(pk)))
        without_versions()
    return count


def delete(versions) -> int:
    return versions.order_by().delete()[0]


def without_versions() -> None:
    Revision.objects.filter(version=None).order_by().delete()
