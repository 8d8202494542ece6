"""Keeps what many pages show alike, as long as the content has the number under which it was made."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from iaec_site.page_cache.generation import Generation, generation
from iaec_site.page_cache.moments import Moments
from iaec_site.page_cache.several_machines import Follower

# A block stands under its name, language and host; what lies beyond is somebody's play with hosts.
MOST = 1000


class Held(NamedTuple):
    made: Any
    begun: float


class KeptBlocks:
    """For one process. Where several machines share a number, nothing is kept without a `follower` of it."""

    def __init__(self):
        self.follower: Follower | None = None
        self.moments = Moments()
        self.number = -1
        self.held: dict[tuple[Hashable, ...], Held] = {}
        self.lock = threading.Lock()

    def kept(self, key: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
        here = self.here()
        if here is None:
            return make()
        number, begun = here.number, timezone.now().timestamp()
        if number == self.number:
            held = self.held.get(key)
            if held is not None and held.begun <= begun < self.moments.until(number, held.begun):
                return held.made
        is_settled = here.is_settled()
        made = make()
        if is_settled and here.number == number:
            self.put(number, key, Held(made, begun))
        return made

    def here(self) -> Generation | None:
        """The number of this machine; None where nothing may be kept, or what was kept not be shown.

        A transaction reads what it has written itself, and what there was when it began: neither is for others.
        """
        if settings.DEBUG or not settings.KEEP_BLOCKS or not self.is_trusted():
            return None
        if connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return None
        try:
            return generation()
        except OSError:
            return None

    def is_trusted(self) -> bool:
        if self.follower is None:
            return not settings.GENERATION_URL
        return time.time() < self.follower.trusted_until

    def put(self, number: int, key: tuple[Hashable, ...], held: Held) -> None:
        with self.lock:
            if self.number != number or len(self.held) >= MOST:
                self.held = {}
                self.number = number
            self.held[key] = held


# That of this process.
blocks = KeptBlocks()
