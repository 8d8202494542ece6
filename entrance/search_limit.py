"""How many searches that are not ready one network may ask for in a minute.

Counted in memory that all processes of this machine share, and not in the database: a search must neither write to it
nor wait for it. Networks that fall into one of the 65,536 cells are counted together; two processes that add at the
same moment may lose one. Nothing of it outlives two minutes, and no address is in it.
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import os
import struct
import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from entrance.visitor_address import network_of, visitor_address

logger = logging.getLogger(__name__)

CELLS = 65_536
CELL = struct.Struct("II")  # the minute since 1970, and how often in it
MINUTE = 60


class SharedCounts:
    """`path` is the file behind the memory; it is made if need be. Raises OSError where it cannot be written."""

    def __init__(self, path: Path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # Room on the disk, too: who writes to memory behind which there is none is killed by the system.
            os.posix_fallocate(descriptor, 0, CELLS * CELL.size)
            self.memory = mmap.mmap(descriptor, CELLS * CELL.size)
        finally:
            os.close(descriptor)

    def add(self, key: str) -> int:
        """One more of this key; returns how many there were in this minute."""
        minute = int(time.time()) // MINUTE
        digest = hashlib.blake2b(f"{settings.SECRET_KEY} {minute} {key}".encode(), digest_size=4).digest()
        place = int.from_bytes(digest, "big") % CELLS * CELL.size
        known, number = CELL.unpack_from(self.memory, place)
        number = number + 1 if known == minute else 1
        CELL.pack_into(self.memory, place, minute, number)
        return number


@lru_cache(1)
def counts() -> SharedCounts | None:
    try:
        return SharedCounts(settings.VAR_DIR / "searches")
    except OSError as error:
        logger.warning("Searches are not limited: the memory that processes share cannot be written (%s)", error)
        return None


def may_search(request) -> bool:
    """Counts one more search of the visitor's network and says whether it is one of SEARCHES_PER_MINUTE (0: any)."""
    most, address = settings.SEARCHES_PER_MINUTE, visitor_address(request)
    if not most or address is None or (here := counts()) is None:
        return True
    return here.add(network_of(address)) <= most
