"""Families of metrics about the site behind the server: database, tasks, newsletter, entrance, disks, backups.

What the database knows is the same on each machine that serves the site; disks, backups and processes are a machine's
own.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily, Metric

from entrance.models import TrailEntry
from iaec_site.backup.folder import archives
from iaec_site.doctor.of_machine import folders, nearest
from iaec_site.workers.models import Heartbeat
from newsletter.models import Delivery, Issue

TASK_STATES = ("READY", "RUNNING", "FAILED", "SUCCESSFUL")
ISSUE_STATES = (Issue.State.APPROVED, Issue.State.SENDING, Issue.State.PAUSED)
ACTS = (TrailEntry.Act.SIGNED_IN, TrailEntry.Act.FAILED, TrailEntry.Act.WRONG_CODE, TrailEntry.Act.LOCKED)
LATELY = timedelta(hours=1)


def families_of_the_database() -> list[Metric]:
    """Raises Django's errors of the database."""
    return [database_size(), *tasks(), *workers(), *newsletter(), entrance()]


def families_of_the_machine() -> Iterator[Metric]:
    free = GaugeMetricFamily("iaec_disk_free_bytes", "Free room on the disk of a folder.", labels=["folder"])
    size = GaugeMetricFamily("iaec_disk_size_bytes", "Size of the disk of a folder.", labels=["folder"])
    for name, folder in folders().items():
        disk = os.statvfs(nearest(folder))
        free.add_metric([name], disk.f_bavail * disk.f_frsize)
        size.add_metric([name], disk.f_blocks * disk.f_frsize)
    yield from (free, size)
    found = archives(settings.BACKUP_DIR) if settings.BACKUP_DIR.is_dir() else []
    yield GaugeMetricFamily(
        "iaec_backup_last_timestamp_seconds",
        "When the newest archive in BACKUP_DIR was made; 0 where there is none.",
        value=found[0][0].timestamp() if found else 0,
    )
    yield GaugeMetricFamily(
        "iaec_backup_last_size_bytes", "Size of that archive.", value=found[0][1].stat().st_size if found else 0
    )
    yield GaugeMetricFamily("iaec_backup_archives", "Archives in BACKUP_DIR.", value=len(found))


def database_size() -> Metric:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
    else:
        path = str(connection.settings_dict["NAME"])
        size = sum(os.path.getsize(file) for file in (path, f"{path}-wal") if os.path.exists(file))
    return GaugeMetricFamily("iaec_database_size_bytes", "Size of the database.", value=size)


def by_state(name: str, words: str, states, numbers) -> Metric:
    """A family with a number for each of `states`, zeros included."""
    found = Counter(dict(numbers))
    family = GaugeMetricFamily(name, words, labels=["state"])
    for state in states:
        family.add_metric([str(state).lower()], found[str(state)])
    return family


def tasks() -> Iterator[Metric]:
    numbers = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    yield by_state("iaec_tasks", "Background tasks; those that are over are kept for some days.", TASK_STATES, numbers)
    now = timezone.now()
    waiting = DBTaskResult.objects.ready().values_list("enqueued_at", "run_after")
    # A task for a later moment has waited since then only.
    longest = max((now - max(enqueued, after) for enqueued, after in waiting), default=timedelta(0))
    yield GaugeMetricFamily(
        "iaec_tasks_longest_wait_seconds",
        "How long the task that is due the longest has waited.",
        value=max(longest.total_seconds(), 0),
    )


def workers() -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "iaec_workers", "Workers of all machines that give a sign of life.", value=Heartbeat.objects.alive().count()
    )
    latest = Heartbeat.objects.aggregate(latest=Max("seen_at"))["latest"]
    yield GaugeMetricFamily(
        "iaec_worker_last_seen_timestamp_seconds",
        "The latest sign of life of any worker; 0 where none was ever heard of.",
        value=latest.timestamp() if latest else 0,
    )


def newsletter() -> Iterator[Metric]:
    numbers = Delivery.objects.order_by().values_list("state").annotate(Count("pk"))
    words = "Letters of the newsletter, by what became of them."
    yield by_state("iaec_newsletter_letters", words, Delivery.State.values, numbers)
    yield GaugeMetricFamily(
        "iaec_newsletter_letters_deferred",
        "Waiting letters that the mail server did not take at the first attempt.",
        value=Delivery.objects.filter(state=Delivery.State.QUEUED, attempts__gt=0).count(),
    )
    numbers = Issue.objects.order_by().filter(state__in=ISSUE_STATES).values_list("state").annotate(Count("pk"))
    words = "Issues of the newsletter that are on their way."
    yield by_state("iaec_newsletter_issues", words, ISSUE_STATES, numbers)


def entrance() -> Metric:
    lately = TrailEntry.objects.filter(at__gte=timezone.now() - LATELY, act__in=ACTS)
    numbers = Counter(dict(lately.order_by().values_list("act").annotate(Count("pk"))))
    family = GaugeMetricFamily(
        "iaec_sign_ins_last_hour", "What happened at the editors' entrance within the last hour.", labels=["event"]
    )
    for act in ACTS:
        family.add_metric([act.value.replace("-", "_")], numbers[act.value])
    return family
