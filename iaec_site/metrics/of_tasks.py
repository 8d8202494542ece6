"""What a worker counts about the tasks that it does, if METRICS_LISTEN asks for it."""

from __future__ import annotations

import logging
import time

from django.conf import settings

from iaec_site.metrics.shared_counts import OwnCounts

logger = logging.getLogger(__name__)

OUTCOMES = ("succeeded", "failed")
SECONDS = "task_seconds"
NAMES = (*(f"tasks:{outcome}" for outcome in OUTCOMES), SECONDS)


class TaskCounts:
    """Counts nothing where metrics are off or the folder cannot be written to: tasks are done all the same."""

    def __init__(self):
        self.own: OwnCounts | None = None
        if settings.METRICS_ADDRESS is not None:
            try:
                self.own = OwnCounts(settings.METRICS_DIR, "worker", NAMES)
            except OSError as error:
                logger.error("No metrics: %s cannot be written to (%s)", settings.METRICS_DIR, error.strerror)

    def add(self, outcome: str, begun: float) -> None:
        """`begun` as `time.monotonic` had it."""
        if self.own is not None:
            self.own.numbers[NAMES.index(f"tasks:{outcome}")] += 1
            self.own.numbers[NAMES.index(SECONDS)] += time.monotonic() - begun
            self.own.publish()
