"""A worker that says every few seconds that it works, and that ends in order when it is asked to.

The sign of life comes from a thread, since a task may take minutes; but only while the worker's own loop goes round
or a task is being done. So a worker that hangs is as silent as one that is gone.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time

from django.db import DatabaseError, connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker

from iaec_site.metrics.of_tasks import TaskCounts
from iaec_site.workers.models import BEAT, LOST_AFTER, Heartbeat

logger = logging.getLogger(__name__)


class BeatingWorker(Worker):
    def __init__(self, **options):
        self.started_at = timezone.now()
        self.last_turn = time.monotonic()
        # The task and since when, in one piece: the other thread reads it.
        self.doing: tuple[str, object] | None = None
        self.ended = threading.Event()
        self.counts = TaskCounts()
        super().__init__(**options)

    @property
    def running(self) -> bool:
        """Asked at each turn of the loop, which takes a second when there is nothing to do."""
        self.last_turn = time.monotonic()
        return self.goes_on

    @running.setter
    def running(self, value: bool):
        self.goes_on = value

    def shutdown(self, signum, frame):
        """Finish what was begun. The loop looks within a second.

        The worker of django-tasks-db leaves at once when it is not busy, and so also between claiming a task and
        beginning it: the task would then stay claimed.
        """
        if not self.goes_on:
            super().shutdown(signum, frame)  # asked for the second time: at once
        self.goes_on = False

    def run(self):
        beating = threading.Thread(target=self.beat_until_the_end, name="heartbeat", daemon=True)
        beating.start()
        try:
            super().run()
        finally:
            self.ended.set()
            beating.join(5)
        self.say_goodbye()

    def run_task(self, db_task_result):
        self.doing = (db_task_result.task_path, timezone.now())
        begun = time.monotonic()
        try:
            super().run_task(db_task_result)
        finally:
            self.doing = None
            has_succeeded = db_task_result.status == TaskResultStatus.SUCCESSFUL
            self.counts.add("succeeded" if has_succeeded else "failed", begun)

    def beat_until_the_end(self):
        while True:
            if self.doing or time.monotonic() - self.last_turn < LOST_AFTER.total_seconds() / 2:
                self.beat()
            if self.ended.wait(BEAT.total_seconds()):
                return

    def beat(self):
        task, since = self.doing or ("", None)
        try:
            Heartbeat.objects.update_or_create(
                worker_id=self.worker_id,
                defaults={
                    "host": socket.gethostname(),
                    "process": os.getpid(),
                    "started_at": self.started_at,
                    "seen_at": timezone.now(),
                    "task": task,
                    "task_since": since,
                },
            )
        except DatabaseError as error:
            logger.warning("The worker's sign of life could not be written: %s", error)
        finally:
            connections.close_all()

    def say_goodbye(self):
        try:
            Heartbeat.objects.filter(worker_id=self.worker_id).delete()
        except DatabaseError as error:
            logger.warning("The worker's sign of life could not be taken away: %s", error)
