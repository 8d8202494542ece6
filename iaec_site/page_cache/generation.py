"""The number of the site's content, in memory that all processes of this machine share.

A page is right as long as the number is the one under which it was made. It rises twice around every commit that
changes content: before it, so that nothing that was made earlier is shown any more, and after it, so that nothing that
was made meanwhile is. While a commit is under way no page is kept; a process that dies in the middle of one lets go of
its lock, and whoever notices raises the number for it.

Beside it each table has a number, raised by commits that say which tables they wrote to. `TOLD` counts these raises;
the difference between it and the number counts all others, which may have changed anything: what another machine did,
a statement that nobody understands, a process of an older version of the site, which knows of no tables. A part of a
page is right as long as that difference and the numbers of the tables that it was made from stand still.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from django.conf import settings

# Eight bytes each, which a processor reads and writes in one piece.
NUMBER, OPEN, UNSURE_UNTIL, ELSEWHERE, WITHDRAWALS, TOLD, FIRST_TABLE = range(7)
# Places for the numbers of tables, found by their names. Two may share one: each then counts as changed with both.
TABLES = 4096
SIZE = 8 * (FIRST_TABLE + TABLES)
# Milliseconds after the death of a process in which its database may still be busy with its last commit.
AFTER_A_DEATH = 5000


class Begun(NamedTuple):
    """How the content stood when something began to be made."""

    number: int
    untold: int
    is_settled: bool


class Stamp(NamedTuple):
    """The content that something was made from. `tables`: (place, number) of each; None stands for all of them."""

    number: int
    untold: int
    tables: tuple[tuple[int, int], ...] | None


class Generation:
    """`path` is the file behind the memory; it is made if need be. Raises OSError where it cannot be written."""

    def __init__(self, path: Path):
        self.path = os.fspath(path)
        self.windows_path = f"{self.path}.commits"
        with locked(self.path, fcntl.LOCK_EX) as descriptor:
            # Room on the disk, too: who writes to memory behind which there is none is killed by the system.
            os.posix_fallocate(descriptor, 0, SIZE)
            # Read at index NUMBER by whoever answers with ready pages.
            self.words = memoryview(mmap.mmap(descriptor, SIZE)).cast("Q")

    @property
    def number(self) -> int:
        return self.words[NUMBER]

    def is_settled(self) -> bool:
        """Whether no commit of content is under way. Ask after the number was read, before a page is made."""
        if self.words[OPEN]:
            self.close_for_the_dead()
        return not self.words[OPEN] and self.words[UNSURE_UNTIL] <= milliseconds()

    def begin(self) -> Begun:
        """Ask before something is made."""
        number = self.words[NUMBER]
        # In this order: once no commit is under way, those before have counted in `TOLD` what they did to the number.
        is_settled = self.is_settled()
        return Begun(number, number - self.words[TOLD], is_settled)

    def stamp(self, begun: Begun, tables: Collection[str] | None) -> Stamp | None:
        """Of what was made since from these tables, None standing for all; None if it may hold two states at once."""
        places = None
        if tables is not None:
            places = tuple((place, self.words[place]) for place in sorted(map(place_of, tables)))
        if not begun.is_settled or self.words[NUMBER] != begun.number:
            return None
        return Stamp(begun.number, begun.untold, places)

    def has(self, stamp: Stamp) -> bool:
        """Whether the content is still what it was, as far as that was asked for."""
        words = self.words
        if words[NUMBER] == stamp.number:
            return True
        if stamp.tables is None:
            return False
        # In this order: a raise in between makes the difference too large, which is safe, and never too small.
        told = words[TOLD]
        if words[NUMBER] - told != stamp.untold:
            return False
        return all(words[place] == number for place, number in stamp.tables)

    def rise(self, tables: Collection[str] | None) -> None:
        """Within `writing`. If this process dies here, what it did not count counts as a change of everything."""
        for place in {place_of(table) for table in tables or ()}:
            self.words[place] += 1
        self.words[NUMBER] += 1
        if tables is not None:
            self.words[TOLD] += 1

    def raise_number(self) -> None:
        with self.writing():
            self.words[NUMBER] += 1

    def note_withdrawal(self) -> None:
        """What was made before may show something that the public must not see any more: see `page_cache.stale`."""
        with self.writing():
            self.words[WITHDRAWALS] += 1

    @contextmanager
    def commit(self, tables: Collection[str] | None = None) -> Iterator[None]:
        """Around a commit that changes content, whether it succeeds or not. `tables` None stands for all of them."""
        with locked(self.windows_path, fcntl.LOCK_SH):
            with self.writing():
                self.words[OPEN] += 1
                self.rise(tables)
            try:
                yield
            finally:
                with self.writing():
                    self.rise(tables)
                    self.words[OPEN] -= 1

    def close_for_the_dead(self) -> None:
        """Where nobody holds the lock that every commit holds, those that are still counted have died."""
        try:
            with locked(self.windows_path, fcntl.LOCK_EX | fcntl.LOCK_NB), self.writing():
                if self.words[OPEN]:
                    self.words[UNSURE_UNTIL] = milliseconds() + AFTER_A_DEATH
                    self.words[NUMBER] += 1
                    self.words[OPEN] = 0
        except BlockingIOError:
            pass

    def follow(self, value: int) -> None:
        """Rise if the number that several machines share is another than when one of this machine last looked.

        Nobody says what was changed there, so something may have been withdrawn.
        """
        value &= (1 << 64) - 1
        if self.words[ELSEWHERE] != value:
            with self.writing():
                if self.words[ELSEWHERE] != value:
                    self.words[NUMBER] += 1
                    self.words[WITHDRAWALS] += 1
                    self.words[ELSEWHERE] = value

    @contextmanager
    def writing(self) -> Iterator[None]:
        with locked(self.path, fcntl.LOCK_EX):
            yield


@contextmanager
def locked(path: str, how: int) -> Iterator[int]:
    """A lock between processes and threads alike, let go of by the system itself when a process dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o664)
    try:
        fcntl.flock(descriptor, how)
        yield descriptor
    finally:
        # Shared memory keeps a copy of the descriptor, and the lock with it: closing would not be enough.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


@lru_cache(500)
def place_of(table: str) -> int:
    return FIRST_TABLE + crc32(table.encode()) % TABLES


def milliseconds() -> int:
    return time.time_ns() // 1_000_000


@lru_cache(1)
def generation() -> Generation:
    """That of this site on this machine."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    return Generation(settings.VAR_DIR / "generation")
