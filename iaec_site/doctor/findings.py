"""What a look at one part of the site found."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILS = "fails"
    SKIPPED = "skipped"


class Finding(NamedTuple):
    state: State
    what: str
    found: str
    remedy: str = ""


def ok(what: str, found: str) -> Finding:
    return Finding(State.OK, what, found)


def skipped(what: str, why: str) -> Finding:
    return Finding(State.SKIPPED, what, why)


def warning(what: str, found: str, remedy: str) -> Finding:
    return Finding(State.WARNING, what, found, remedy)


def fails(what: str, found: str, remedy: str) -> Finding:
    return Finding(State.FAILS, what, found, remedy)


def in_words(seconds: float) -> str:
    """A length of time as people say it: 40 s, 5 min, 3 h, 12 days."""
    for size, unit in ((172_800, "days"), (7200, "h"), (120, "min")):
        if seconds >= size:
            return f"{seconds / {'days': 86_400, 'h': 3600, 'min': 60}[unit]:.0f} {unit}"
    return f"{seconds:.0f} s"


def in_bytes(number: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if number < 1024:
            return f"{number:.0f} {unit}"
        number /= 1024
    return f"{number:.1f} TB"
