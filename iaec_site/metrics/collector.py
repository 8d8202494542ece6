"""Everything that is told of the site, put together each time somebody asks. Whatever fails leaves the rest whole."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLongError
from pathlib import Path

from django.db import connections
from prometheus_client.core import GaugeMetricFamily, Metric

from iaec_site.metrics.of_processes import families_of_processes
from iaec_site.metrics.of_requests import families_of_requests
from iaec_site.metrics.of_site import families_of_the_database, families_of_the_machine
from iaec_site.metrics.shared_counts import all_counts

logger = logging.getLogger(__name__)

PATIENCE = 4.0  # seconds for the database; Prometheus itself waits ten
GOOD_FOR = 1.0  # seconds that an answer is given to others, too


class SiteCollector:
    """A collector of prometheus_client."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.executor = ThreadPoolExecutor(1, thread_name_prefix="metrics-database")
        self.looking: Future | None = None
        self.lock = threading.Lock()
        self.known: list[Metric] = []
        self.known_until = 0.0

    def describe(self) -> Iterable[Metric]:
        return ()  # so nothing is collected when this is registered

    def collect(self) -> Iterable[Metric]:
        with self.lock:
            if time.monotonic() >= self.known_until:
                self.known = [*self.of_counts(), *self.of_machine(), *self.of_database()]
                self.known_until = time.monotonic() + GOOD_FOR
            return self.known

    def of_counts(self) -> list[Metric]:
        try:
            sums, living = all_counts(self.folder)
            return [*families_of_requests(sums), *families_of_processes(living, sums)]
        except OSError:
            logger.exception("What the processes have counted cannot be read")
            return []

    def of_machine(self) -> list[Metric]:
        try:
            return list(families_of_the_machine())
        except OSError:
            logger.exception("Disks and backups cannot be looked at")
            return []

    def of_database(self) -> list[Metric]:
        if self.looking is None or self.looking.done():
            self.looking = self.executor.submit(look_at_the_database)
        try:
            # One look at a time: where the database hangs, nobody piles up behind it.
            found = self.looking.result(PATIENCE)
        except TookTooLongError:
            found = None
        up = GaugeMetricFamily("iaec_database_up", "1 if the database answers.", value=int(found is not None))
        return [up, *(found or ())]


def look_at_the_database() -> list[Metric] | None:
    try:
        return families_of_the_database()
    except Exception:  # of whatever database
        logger.warning("The database could not be asked for metrics", exc_info=True)
        return None
    finally:
        connections.close_all()
