"""Keeps what many pages show alike, as long as the content has the number under which it was made.

And what shows one row, as long as somebody asks for it: it stands under all that the row held, so no number matters.
"""

from __future__ import annotations

import hashlib
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

# Characters of blocks, and of cards, that each process keeps.
MOST_IN_BLOCKS, MOST_IN_CARDS = 16_000_000, 8_000_000
# Of what is no text, and of a key and what holds both.
WEIGHT = 1000


class Held(NamedTuple):
    made: Any
    number: int = 0
    begun: float = 0.0


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
        self.number = -1
        self.held = Lately(MOST_IN_BLOCKS)
        self.cards = Lately(MOST_IN_CARDS)
        self.lock = threading.Lock()

    def kept(self, key: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
        here = self.here()
        if here is None:
            return make()
        number, begun = here.number, timezone.now().timestamp()
        held = self.held.get(key)
        if held is not None and held.number == number and self.is_right(held, begun):
            return held.made
        is_settled = here.is_settled()
        made = make()
        if is_settled and here.number == number:
            self.put(key, Held(made, number, begun))
        return made

    def is_right(self, held: Held, now: float) -> bool:
        return held.begun <= now < self.moments.until(held.number, held.begun)

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

    def put(self, key: tuple[Hashable, ...], held: Held) -> None:
        with self.lock:
            if self.number != held.number:
                self.held.forget()
                self.number = held.number
            self.held.put(key, held)

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
