"""Numbers that each process counts for itself, in files that whoever is asked adds up.

Each process that counts has a file in VAR_DIR/metrics, and holds a lock on it as long as it lives: the system lets go
of it whatever the process dies of. What the dead counted goes into one file of totals, once; so sums neither fall nor
jump when the web server is replaced. Names stand in each file beside the numbers, since during a replacement processes
of two versions count.
"""

from __future__ import annotations

import fcntl
import json
import logging
import mmap
import os
import secrets
from array import array
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from iaec_site.metrics.counting import STATE
from iaec_site.page_cache.generation import locked

logger = logging.getLogger(__name__)

LOCK, TOTALS, ENDING = "lock", "totals.json", ".counts"
WORD = 8  # bytes


class Counted(NamedTuple):
    """What a living process has counted so far."""

    role: str
    process: int
    numbers: dict[str, float]


class OwnCounts:
    """The numbers of this process: add to `numbers`, which are as `names` has them, and `publish` from time to time.

    `role` is "web" or "worker". Raises OSError where the folder cannot be written to.
    """

    def __init__(self, folder: Path, role: str, names: Sequence[str]):
        self.numbers: list[float] = [0] * len(names)
        folder.mkdir(parents=True, exist_ok=True)
        head = json.dumps({"role": role, "process": os.getpid(), "names": names}).encode()
        head += b" " * (-len(head) % WORD)
        start = WORD + len(head)
        self.path = folder / f"{role}-{os.getpid()}-{secrets.token_hex(4)}{ENDING}"
        with locked(os.fspath(folder / LOCK), fcntl.LOCK_EX):
            take_over_from_the_dead(folder)
            self.descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                fcntl.flock(self.descriptor, fcntl.LOCK_EX)
                size = start + WORD * len(names)
                # Room on the disk, too: who writes to memory behind which there is none is killed by the system.
                os.posix_fallocate(self.descriptor, 0, size)
                memory = memoryview(mmap.mmap(self.descriptor, size))
                memory[:start] = len(head).to_bytes(WORD, "little") + head
            except OSError:
                self.path.unlink()
                os.close(self.descriptor)
                raise
        self.words = memory[start:].cast("d")

    def publish(self) -> None:
        self.words[:] = memoryview(array("d", self.numbers))

    def close(self) -> None:
        """As the end of the process would."""
        self.publish()
        # Shared memory keeps a copy of the descriptor, and the lock with it: closing would not be enough.
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)
        os.close(self.descriptor)


def all_counts(folder: Path) -> tuple[Counter[str], list[Counted]]:
    """The sums over all processes, living and dead, and what each of the living has counted. Raises OSError."""
    with locked(os.fspath(folder / LOCK), fcntl.LOCK_EX):
        sums = take_over_from_the_dead(folder)
        living = [counted for path in sorted(folder.glob(f"*{ENDING}")) if (counted := read(path))]
    for one in living:
        sums.update(one.numbers)
    return sums, living


def read(path: Path) -> Counted | None:
    data = path.read_bytes()
    start = WORD + int.from_bytes(data[:WORD], "little")
    try:
        head = json.loads(data[WORD:start])
        numbers = memoryview(data)[start:].cast("d").tolist()
        return Counted(head["role"], head["process"], dict(zip(head["names"], numbers, strict=True)))
    except (ValueError, TypeError, KeyError):
        logger.warning("%s does not hold what a process counted; it is left out", path)
        return None


def take_over_from_the_dead(folder: Path) -> Counter[str]:
    """The sums of what the dead have counted. Under the lock of the folder.

    Who is killed between writing the totals and removing a file leaves its name among the totals.
    """
    totals, taken = read_totals(folder / TOTALS)
    dead = [path for path in folder.glob(f"*{ENDING}") if is_of_a_dead_process(path)]
    new = [path for path in dead if path.name not in taken]
    for path in new:
        counted = read(path)
        if counted:
            totals.update({name: number for name, number in counted.numbers.items() if not name.startswith(STATE)})
    if new:
        unfinished = folder / f"{TOTALS}.unfinished"
        unfinished.write_text(json.dumps({"totals": totals, "taken": [path.name for path in dead]}))
        unfinished.replace(folder / TOTALS)
    for path in dead:
        path.unlink()
    return totals


def read_totals(path: Path) -> tuple[Counter[str], set[str]]:
    try:
        found = json.loads(path.read_text())
        return Counter(found["totals"]), set(found["taken"])
    except FileNotFoundError:
        pass
    except (ValueError, TypeError, KeyError):
        # A machine that lost its power, say. Prometheus knows counters that begin again.
        logger.warning("%s cannot be read; its counters begin anew", path)
    return Counter(), set()


def is_of_a_dead_process(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
