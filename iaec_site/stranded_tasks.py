"""Background tasks whose worker was killed in the middle: they would stay "running" for ever."""

import datetime

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

STRANDED_AFTER = datetime.timedelta(minutes=15)


def give_back_stranded_tasks() -> int:
    """Puts them back into the queue. So no task may take longer than that, and each must bear being run twice."""
    return give_back(DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - STRANDED_AFTER))


def give_back_tasks_of(worker_id: str) -> int:
    """The same at once, for a worker that is known to be dead."""
    running = DBTaskResult.objects.running().only("pk", "worker_ids")
    dead = [task.pk for task in running if task.worker_ids and task.worker_ids[-1] == worker_id]
    return give_back(DBTaskResult.objects.running().filter(pk__in=dead))


def give_back(tasks) -> int:
    return tasks.update(status="READY", started_at=None)
