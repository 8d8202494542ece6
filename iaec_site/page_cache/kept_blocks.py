"""Keeps what many pages show alike, as long as the tables that it was made from are what they were.

And what shows one row, as long as somebody asks for it: it stands under all that the row held, so no number matters.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Collection, Hashable
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from iaec_site.page_cache.generation import Generation, Stamp, generation
from iaec_site.page_cache.moments import Moments
from iaec_site.page_cache.reach import tables_in_reach
from iaec_site.page_cache.readings import readings
from iaec_site.page_cache.several_machines import Follower
from iaec_site.page_cache.statements import ANY

# Characters of blocks, and of cards, that each process keeps.
MOST_IN_BLOCKS, MOST_IN_CARDS = 16_000_000, 8_000_000
# Of what is no text, and of a key and what holds both.
WEIGHT = 1000


class Held:
    """Something that was made from tables, whose state `stamp` says, at a moment of the Unix epoch.

    `until` is worked out when it is first shown again, and stays: later changes are others' business.
    """

    __slots__ = ("begun", "made", "stamp", "tables", "until")

    def __init__(
        self, made: Any, stamp: Stamp | None = None, tables: frozenset[str] = frozenset(), begun: float = 0.0
    ):
        self.made, self.stamp, self.tables, self.begun = made, stamp, tables, begun
        self.until: float | None = None


class Asked:
    """Whether anybody asked the database while it was among the wrappers of its statements."""

    anything = False

    def __call__(self, execute, *args):
        self.anything = True
        return execute(*args)


class Lately:
    """What was asked for lately, up to a weight. It goes by halves: first what nobody asked for lately."""

    def __init__(self, most: int):
        self.half = most // 2
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.young: dict[Hashable, Held] = {}
        self.old: dict[Hashable, Held] = {}
        self.weight = 0

    def get(self, key: Hashable) -> Held | None:
        found = self.young.get(key)
        if found is None and (found := self.old.get(key)) is not None:
            self.put(key, found)
        return found

    def put(self, key: Hashable, held: Held) -> None:
        weight = WEIGHT + size_of(held.made)
        with self.lock:
            if (before := self.young.pop(key, None)) is not None:
                self.weight -= WEIGHT + size_of(before.made)
            if self.weight + weight > self.half:
                self.young, self.old, self.weight = {}, self.young, 0
            if weight <= self.half:
                self.young[key] = held
                self.weight += weight

    def __len__(self) -> int:
        return len(self.young) + len(self.old)


class KeptBlocks:
    """For one process. Where several machines share a number, nothing is kept without a `follower` of it."""

    def __init__(self):
        self.follower: Follower | None = None
        self.moments = Moments()
        self.held = Lately(MOST_IN_BLOCKS)
        self.cards = Lately(MOST_IN_CARDS)

    def keeps(self) -> bool:
        return self.here() is not None

    def kept(self, key: tuple[Hashable, ...], make: Callable[[], Any], *, takes: bool, gives: bool) -> Any:
        here = self.here()
        if here is None:
            return make()
        begun, moment = here.begin(), timezone.now().timestamp()
        held = self.held.get(key)
        if held is not None and here.has(held.stamp) and self.is_right(held, here, moment):
            readings.add(held.tables, gives=gives)
            return held.made
        made, tables = readings.of(make, takes=takes, gives=gives)
        if more := tables_in_reach(made) - tables:
            tables |= more
            readings.add(more, gives=gives)
        if stamp := here.stamp(begun, None if ANY in tables else tables):
            self.held.put(key, Held(made, stamp, tables, moment))
        return made

    def is_right(self, held: Held, here: Generation, now: float) -> bool:
        if held.begun >= readings.page_begun:
            return True  # the page is right until the next moment after it was begun, and so is this
        if held.until is None:
            held.until = self.moments.after(here, held.begun).change
        return held.begun <= now < held.until

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

    def asked_of(self, ask: Callable[[], Any], in_vain: Callable[[Any], Collection[str]]) -> Any:
        return readings.asked_of(ask, in_vain)

    def remembered(self, key: Callable[[], str], make: Callable[[], Any]) -> Any:
        """`key` says all that it is made from. Kept only if it asked the database for nothing more."""
        connection = connections[DEFAULT_DB_ALIAS]
        if settings.DEBUG or not settings.KEEP_BLOCKS or connection.in_atomic_block:
            return make()
        before = key()
        digest = hashlib.blake2b(before.encode(errors="surrogatepass"), digest_size=16).digest()
        held = self.cards.get(digest)
        if held is None:
            asked = Asked()
            with connection.execute_wrapper(asked):
                made = make()
            if asked.anything:
                return made
            self.cards.put(digest, held := Held(made))
        return held.made


def size_of(made: Any) -> int:
    """Of a text, or of what a template printed and showed."""
    if isinstance(made, tuple):
        return sum(map(size_of, made))
    return len(made) if isinstance(made, str | bytes) else 0


# That of this process.
blocks = KeptBlocks()
