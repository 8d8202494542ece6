"""The number of the site's content, in memory that all processes of this machine share.

A page is right as long as the number is the one under which it was made. It rises twice around every commit that
changes content: before it, so that nothing that was made earlier is shown any more, and after it, so that nothing that
was made meanwhile is. While a commit is under way no page is kept; a process that dies in the middle of one lets go of
its lock, and whoever notices raises the number for it.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings

# Eight bytes each, which a processor reads and writes in one piece.
NUMBER, OPEN, UNSURE_UNTIL, ELSEWHERE, WITHDRAWALS = range(5)
SIZE = 8 * 5
# Milliseconds after the death of a process in which its database may still be busy with its last commit.
AFTER_A_DEATH = 5000


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

    def raise_number(self) -> None:
        with self.writing():
            self.words[NUMBER] += 1

    def note_withdrawal(self) -> None:
        """What was made before may show something that the public must not see any more: see `page_cache.stale`."""
        with self.writing():
            self.words[WITHDRAWALS] += 1

    @contextmanager
    def commit(self) -> Iterator[None]:
        """Around a commit that changes content, whether it succeeds or not."""
        with locked(self.windows_path, fcntl.LOCK_SH):
            with self.writing():
                self.words[OPEN] += 1
                self.words[NUMBER] += 1
            try:
                yield
            finally:
                with self.writing():
                    self.words[NUMBER] += 1
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


def milliseconds() -> int:
    return time.time_ns() // 1_000_000


@lru_cache(1)
def generation() -> Generation:
    """That of this site on this machine."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    return Generation(settings.VAR_DIR / "generation")
