"""What this process of the web server counts for Prometheus, if METRICS_LISTEN asks for it."""

from __future__ import annotations

import logging
from pathlib import Path

from iaec_site.metrics.address import MetricsAddress
from iaec_site.metrics.counting import EVICTED, NAMES, PLACE, STATE
from iaec_site.metrics.listener import MetricsListener
from iaec_site.metrics.shared_counts import OwnCounts
from iaec_site.page_cache.layer import PageCache
from iaec_site.web_server.bridge import Bridge

logger = logging.getLogger(__name__)


class Measuring:
    """The counts of this process, and the listener that it may be the one to have."""

    def __init__(self, address: MetricsAddress, folder: Path, bridge: Bridge, page_cache: PageCache | None):
        """Raises OSError where `folder` cannot be written to."""
        self.own = OwnCounts(folder, "web", NAMES)
        self.listener = MetricsListener(address, folder)
        self.bridge = bridge
        self.page_cache = page_cache
        bridge.counts = self.own.numbers

    def publish(self, connections: int) -> None:
        """Some times a second, in the thread of the event loop: what was counted so far, and how things stand."""
        numbers, bridge = self.own.numbers, self.bridge
        in_django = min(bridge.waiting, bridge.threads)
        states = {
            "in_django": in_django,
            "queued": bridge.waiting - in_django,
            "queue_limit": bridge.most_waiting - bridge.threads,
            "connections": connections,
        }
        if self.page_cache is not None:
            store = self.page_cache.store
            numbers[PLACE[EVICTED]] = store.evicted
            states["outage"] = int(self.page_cache.outage.is_on)
            states["cache_answers"], states["cache_bytes"] = store.taken
            states["cache_limit"] = store.size
        for name, number in states.items():
            numbers[PLACE[STATE + name]] = number
        self.own.publish()


def measuring(
    address: MetricsAddress | None, folder: Path, bridge: Bridge, page_cache: PageCache | None
) -> Measuring | None:
    """None where nothing is to be told, or nothing can be counted: the site serves all the same."""
    if address is None:
        return None
    try:
        return Measuring(address, folder, bridge, page_cache)
    except OSError as error:
        logger.error("No metrics: %s cannot be written to (%s)", folder, error.strerror)
        return None
