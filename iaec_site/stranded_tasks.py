"""Background tasks whose worker was killed in the middle: they would stay "running" for ever."""

import datetime

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

STRANDED_AFTER = datetime.timedelta(minutes=15)


def give_back_stranded_tasks() -> int:
    """Puts them back into the queue. So no task may take longer than that, and each must bear being run twice."""
    stranded = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - STRANDED_AFTER)
    return stranded.update(status="READY", started_at=None)
