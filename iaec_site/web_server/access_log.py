"""One line for each answer: what was asked, how it ended, how long it took. Never a query, and by default no address.

Lines are written by a thread of their own, so nobody waits for a slow disk. Where it cannot keep up, lines are dropped
and counted.
"""

from __future__ import annotations

import atexit
import json
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote, unquote

from iaec_site.masking import HIDDEN, without_keys

EVERY = 0.5  # seconds
MOST_WAITING = 50_000
# What a pipe takes in one piece, so that lines of several processes do not mix.
PIECE = 4096


class Answered(NamedTuple):
    """One answer; `path` as it came, `moment` in seconds of the Unix epoch."""

    request: bytes
    method: str
    path: str
    status: int
    size: int
    seconds: float
    ready: bool
    moment: float
    address: str


class AccessLog:
    """`kind`: "off", "made" (what was not ready) or "all"; `form`: "plain" or "json"."""

    def __init__(self, kind: str, form: str, *, descriptor: int = 1):
        self.tells_of_made = kind != "off"
        self.tells_of_ready = kind == "all"
        self.as_line: Callable[[Answered], str] = as_json if form == "json" else as_plain
        self.descriptor = descriptor
        self.waiting: deque[Answered] = deque()
        self.dropped = 0
        self.lock = threading.Lock()
        self.has_begun = False

    def note(self, *what) -> None:
        if not self.has_begun:
            self.begin()
        if len(self.waiting) >= MOST_WAITING:
            self.dropped += 1
        else:
            self.waiting.append(Answered(*what))

    def begin(self) -> None:
        """In the process that serves: a thread does not come along into a child."""
        self.has_begun = True
        threading.Thread(target=self.write_for_ever, name="access-log", daemon=True).start()
        atexit.register(self.write)

    def write_for_ever(self) -> None:
        while True:
            time.sleep(EVERY)
            self.write()

    def write(self) -> None:
        with self.lock:
            piece = b""
            while self.waiting:
                line = self.as_line(self.waiting.popleft()).encode("utf-8", "backslashreplace") + b"\n"
                if len(piece) + len(line) > PIECE:
                    self.put(piece)
                    piece = b""
                piece += line
            if self.dropped:
                piece += b"%d lines of the access log were dropped\n" % self.dropped
                self.dropped = 0
            self.put(piece)

    def put(self, piece: bytes) -> None:
        try:
            while piece:
                piece = piece[os.write(self.descriptor, piece) :]
        except OSError:
            pass  # nobody reads any more


def shown(path: str) -> str:
    """Without keys, also where somebody spelt the words before them with percent codes; and in one line."""
    before, key, _ = without_keys(unquote(path)).partition(HIDDEN)
    return quote(before + key, safe="/:@!$&'()*+,;=~")[:500]


def as_plain(one: Answered) -> str:
    moment = datetime.fromtimestamp(one.moment, UTC).isoformat(timespec="milliseconds")
    address = f" from={one.address}" if one.address else ""
    return (
        f"{moment} INFO access {one.method} {shown(one.path)} {one.status} {one.size} B {one.seconds * 1000:.1f} ms "
        f"{'ready' if one.ready else 'made'}{address} [request={one.request.decode()}]"
    )


def as_json(one: Answered) -> str:
    fields = {
        "time": datetime.fromtimestamp(one.moment, UTC).isoformat(timespec="milliseconds"),
        "level": "INFO",
        "logger": "access",
        "request": one.request.decode(),
        "method": one.method,
        "path": shown(one.path),
        "status": one.status,
        "bytes": one.size,
        "ms": round(one.seconds * 1000, 3),
        "ready": one.ready,
    }
    if one.address:
        fields["address"] = one.address
    return json.dumps(fields, ensure_ascii=False)
