"""The id that each request has: in its answer, its log lines and in letters about errors.

A proxy of ours (TRUSTED_PROXIES) may have given it one; from anybody else no word gets into the log.
"""

from __future__ import annotations

import itertools
import re
import secrets
from functools import lru_cache

from django.conf import settings

from entrance.visitor_address import is_one_of, networks, parse

TOKEN = re.compile(rb"[A-Za-z0-9_-]{8,64}")
# Counting costs a fifth of what chance does. Multiplied by an odd number each comes once, and none tells how many
# there were.
_process = secrets.token_hex(6).encode()
_odd = secrets.randbits(32) | 1
_count = itertools.count(secrets.randbits(32))


def new_id() -> bytes:
    return b"%s%08x" % (_process, next(_count) * _odd & 0xFFFFFFFF)


def id_of(given: bytes | None, is_from_proxy: bool) -> bytes:
    if given is not None and is_from_proxy and TOKEN.fullmatch(given):
        return given
    return new_id()


@lru_cache(1000)
def is_proxy(host: str) -> bool:
    """Whether the other end of a connection is named in TRUSTED_PROXIES."""
    address = parse(host)
    return address is not None and is_one_of(address, networks(tuple(settings.TRUSTED_PROXIES)))
