"""Workers and what they work at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from iaec_site.doctor.findings import Finding, fails, in_words, ok, warning
from iaec_site.stranded_tasks import STRANDED_AFTER
from iaec_site.workers.models import Heartbeat

LATE, TOO_LATE = timedelta(minutes=10), timedelta(hours=1)
LATELY = timedelta(hours=24)
START = "systemctl start iaec-worker (or `manage.py serve`, or `manage.py worker`); the log says why it ended"


def workers() -> Iterator[Finding]:
    now = timezone.now()
    alive = list(Heartbeat.objects.alive())
    if not alive:
        yield fails("worker", "none gives a sign of life: no letters, no picture sizes", START)
    else:
        words = [f"{one} ({in_words((now - one.seen_at).total_seconds())} ago)" for one in alive]
        yield ok("worker", ", ".join(words))
    for one in alive:
        if one.task_since and now - one.task_since > STRANDED_AFTER:
            yield warning(
                "worker",
                f"{one} has been at {one.task} for {in_words((now - one.task_since).total_seconds())}",
                f"No task may take {in_words(STRANDED_AFTER.total_seconds())}: it will be begun a second time. "
                "Restart the worker.",
            )
    for one in Heartbeat.objects.lost():
        yield warning(
            "worker",
            f"{one} was last heard of {in_words((now - one.seen_at).total_seconds())} ago",
            f"{START}. A machine that is gone for good is forgotten after a week.",
        )


def tasks() -> Iterator[Finding]:
    now = timezone.now()
    waiting = list(DBTaskResult.objects.ready().values_list("enqueued_at", "run_after"))
    # A task for a later moment has waited since then only. One for no moment has a date that never comes.
    whenever = get_date_max()
    since = (enqueued if after == whenever else max(enqueued, after) for enqueued, after in waiting)
    longest = max((now - moment for moment in since), default=timedelta(0))
    words = f"{len(waiting)} wait"
    if waiting:
        words += f", the longest for {in_words(longest.total_seconds())}"
    say = fails if longest > TOO_LATE else warning
    if longest > LATE:
        yield say("tasks that wait", words, f"{START}. If one runs, a second one helps.")
    else:
        yield ok("tasks that wait", words)
    stranded = DBTaskResult.objects.running().filter(started_at__lt=now - STRANDED_AFTER).count()
    if stranded:
        yield warning(
            "tasks cut off", f"{stranded} were begun and never ended", "python manage.py tidy_up puts them back."
        )
    else:
        yield ok("tasks cut off", "none")
    failed = Counter(
        DBTaskResult.objects.failed().filter(finished_at__gte=now - LATELY).values_list("task_path", flat=True)
    )
    if failed:
        names = ", ".join(f"{name} ({count} times)" for name, count in failed.most_common(3))
        yield warning(
            "tasks that failed",
            f"in the last 24 h: {names}",
            "The worker's log has the error: journalctl -u iaec-worker",
        )
    else:
        yield ok("tasks that failed", "none in the last 24 h")
