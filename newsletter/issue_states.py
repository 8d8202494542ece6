"""The states of an issue, and the ways between them.

```
draft ⇄ approved → sending ⇄ paused
           │          ├──────→ sent
           └──────────┴──────→ cancelled
```

Each way is one conditional UPDATE: of two who press a button at once one is told True, the other False.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from newsletter.models import Issue, Sending

State = Issue.State


def move(issue: Issue, before: set[State], after: State, **changes) -> bool:
    moved = Issue.objects.filter(pk=issue.pk, state__in=before).update(state=after, **changes)
    issue.refresh_from_db(fields=["state", *changes])
    return bool(moved)


def approve(issue: Issue, by) -> bool:
    return move(issue, {State.DRAFT}, State.APPROVED, approved_at=timezone.now(), approved_by=by)


def back_to_draft(issue: Issue) -> bool:
    return move(issue, {State.APPROVED}, State.DRAFT, approved_at=None, approved_by=None, send_at=None)


def schedule(issue: Issue, at: datetime | None) -> bool:
    """Have an approved issue sent at a moment (aware); None: when somebody presses “send”."""
    return move(issue, {State.APPROVED}, State.APPROVED, send_at=at)


def start(issue: Issue) -> bool:
    """From now on it is being sent. It gets the number by which the archive knows it."""
    for _attempt in range(5):
        following = (Issue.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                changes = {"started_at": timezone.now(), "number": Coalesce(F("number"), following), "trouble": ""}
                is_begun = move(issue, {State.APPROVED}, State.SENDING, **changes)
                if is_begun:
                    Sending.objects.get_or_create(issue=issue)
                return is_begun
        except IntegrityError:  # another issue took the number at the same moment
            continue
    raise RuntimeError("Too many issues begin at the same moment to give this one a number.")


def pause(issue: Issue) -> bool:
    """The letters that are being handed over still go."""
    return move(issue, {State.SENDING}, State.PAUSED)


def resume(issue: Issue) -> bool:
    return move(issue, {State.PAUSED}, State.SENDING, trouble="")


def cancel(issue: Issue) -> bool:
    """For good: whoever has not got it will not. What was sent stays in the archive."""
    return move(issue, {State.APPROVED, State.SENDING, State.PAUSED}, State.CANCELLED, finished_at=timezone.now())


def finish(issue: Issue) -> bool:
    return move(issue, {State.SENDING}, State.SENT, finished_at=timezone.now(), trouble="")


def hold_all(why: str) -> int:
    """Nothing is sent until a person says so: what was being sent is paused, and no moment is set any more.

    For a site that begins again from an earlier state of its own: what went out since then is not known to it. Says
    how many issues that concerns; `why` is what editors read.
    """
    going_out = Issue.objects.filter(state=State.SENDING).update(state=State.PAUSED, trouble=why)
    scheduled = Issue.objects.filter(state=State.APPROVED, send_at__isnull=False).update(send_at=None, trouble=why)
    return going_out + scheduled


def open_again(issue: Issue) -> bool:
    """For deliveries that somebody wants sent once more; True where the issue is being sent now."""
    return move(issue, {State.SENT, State.SENDING}, State.SENDING, finished_at=None)
