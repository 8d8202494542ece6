"""Whose turn it is to send an issue: one process at a time, for a while, as long as it lives.

Each move of a delivery asks for the turn again, in the database, so that a process that slept through the end of its
turn (a suspended machine) changes nothing any more.
"""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from datetime import timedelta
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from newsletter.models import Issue, Sending

# Longer than the mail server may think about one letter (`smtp_session.PATIENCE_AFTER_THE_DOT`).
TURN = timedelta(minutes=4)


def short(*marks: str) -> str:
    return blake2b("\0".join(marks).encode(), digest_size=3).hexdigest()


@cache
def boot() -> str:
    """This machine since it was started: six signs, always the same ones where the system does not tell."""
    try:
        return short(Path("/proc/sys/kernel/random/boot_id").read_text())
    except OSError:
        return short()


@cache
def home() -> str:
    """Where the numbers of processes mean the same as here: this machine, or this container on it."""
    marks = [socket.gethostname()]
    with suppress(OSError):
        marks.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return f"{boot()}-{short(*marks)}"


def new_sender() -> str:
    """A name for this process's work: "1f0c9a-77ab21-4711-9d2e4f". Home and number tell others whether it lives."""
    return f"{home()}-{os.getpid()}-{secrets.token_hex(3)}"


def take_turn(issue_id: int, sender: str) -> bool:
    """The turn, or more time for it. False where another one has it, or the issue is not being sent."""
    now = timezone.now()
    free = Q(sender="") | Q(sender=sender) | Q(sender_until__lt=now)
    sending = Sending.objects.filter(issue=issue_id, issue__state=Issue.State.SENDING)
    if sending.filter(free).update(sender=sender, sender_until=now + TURN):
        return True
    other = sending.values_list("sender", flat=True).first()
    # Nobody has to wait for the end of a turn whose process was killed on this very machine.
    return bool(other and has_died(other)) and bool(
        sending.filter(sender=other).update(sender=sender, sender_until=now + TURN)
    )


def end_turn(issue_id: int, sender: str) -> None:
    Sending.objects.filter(issue=issue_id, sender=sender).update(sender="", sender_until=None)


def has_died(sender: str) -> bool:
    """Known for sure only of processes that were at home here, and whose number nobody else has taken since."""
    number = sender.removeprefix(f"{home()}-").partition("-")[0]
    if not sender.startswith(f"{home()}-") or not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
