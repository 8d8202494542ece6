"""A row for each worker on each machine: written as long as it works, gone when it ends in order."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

# A worker writes every so often, and counts as lost when it has not for so long.
BEAT = timedelta(seconds=15)
LOST_AFTER = timedelta(seconds=90)
FORGOTTEN_AFTER = timedelta(days=7)


class HeartbeatQuerySet(models.QuerySet):
    def alive(self):
        return self.filter(seen_at__gte=timezone.now() - LOST_AFTER)

    def lost(self):
        return self.filter(seen_at__lt=timezone.now() - LOST_AFTER)

    def forget_the_lost(self):
        """Those that were lost so long ago that somebody knows by now, or nobody wants to."""
        return self.filter(seen_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()


class Heartbeat(models.Model):
    worker_id = models.CharField(primary_key=True, max_length=64)
    host = models.CharField(max_length=255)
    process = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    # What it is doing, if anything.
    task = models.TextField(blank=True)
    task_since = models.DateTimeField(null=True)

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self):
        return f"{self.worker_id} on {self.host}"
