"""Follows the links that lead to other sites, as many as fit into a time, and writes down what was answered."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from checks.asking import PAUSE, Patience, ask
from checks.models import ExternalAddress

FRESH_FOR = timedelta(days=6)


def follow(
    seconds: float | None = None,
    pause: float = PAUSE,
    after: Callable[[ExternalAddress], None] | None = None,
) -> int:
    """Asks for what was not asked for lately, the longest ago first; returns how many addresses are left over.

    What a killed process did not come to is asked for by the next one.
    """
    patience, begun = Patience(pause), time.monotonic()
    while seconds is None or time.monotonic() - begun < seconds:
        row = due().order_by(F("checked_at").asc(nulls_first=True), "pk").first()
        if row is None:
            return 0
        answer = ask(row.address, patience)
        row.checked_at, row.status, row.problem = timezone.now(), answer.status, answer.problem
        row.save(update_fields=["checked_at", "status", "problem"])
        if after:
            after(row)
    return due().count()


def due():
    return ExternalAddress.objects.filter(Q(checked_at=None) | Q(checked_at__lt=timezone.now() - FRESH_FOR))
