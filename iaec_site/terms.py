"""What a personal datum is, and which rows of it have outlived their term: see `personal_data`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet

# The worker looks after it every hour; one that stood still for a day is told by its own check.
GRACE = timedelta(days=1)
ATTEMPTS_KEPT = timedelta(days=1)
RESULTS_KEPT = timedelta(days=14)
# After it was accepted, revoked, or could not be used any more; and after a link to a draft has ended.
OVER_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Datum:
    """`over` gives the rows that should be gone at a moment; None where the term ends with somebody's act."""

    what: str
    model: str
    fields: str
    why: str
    term: str
    removed_by: str
    moment: str = ""  # the column that says how old a row is
    over: Callable[[QuerySet, datetime], QuerySet] | None = None

    @property
    def rows(self) -> QuerySet:
        return apps.get_model(self.model)._base_manager.all()


def older(column: str, kept: timedelta) -> Callable[[QuerySet, datetime], QuerySet]:
    return lambda rows, now: rows.filter(**{f"{column}__lt": now - kept})


def days(name: str, column: str) -> Callable[[QuerySet, datetime], QuerySet]:
    """By a setting that counts days, 0 of which is for ever."""

    def over(rows, now):
        number = getattr(settings, name)
        return older(column, timedelta(days=number))(rows, now) if number else rows.none()

    return over


def ended_invitations(rows, now):
    since = now - OVER_KEPT
    return rows.filter(Q(accepted_at__lt=since) | Q(revoked_at__lt=since) | Q(accepted_at=None, expires_at__lt=since))


def ended_links(rows, now):
    since = now - OVER_KEPT
    return rows.filter(Q(expires_at__lt=since) | Q(revoked_at__lt=since))


def lost_sign_ins(rows, now):
    sessions = apps.get_model("sessions.Session").objects.values("session_key")
    return rows.exclude(session_key__in=sessions)
