"""Sending an issue: in turns of some seconds in the background, or at one go from the console.

A turn is short, since the same worker sends confirmations, too. Whatever is interrupted goes on with the next turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from newsletter import issue_states
from newsletter.dispatch import Sender, TurnLost
from newsletter.models import Delivery, Issue
from newsletter.post_office import PostOffice, ServerAway, ServerRefuses
from newsletter.queueing import queue
from newsletter.turns import end_turn, new_sender, take_turn

SECONDS_OF_A_TURN = 20
# How long to wait for a mail server that is away.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30)]
BEHIND_EVERYTHING_ELSE = -10


@dataclass(frozen=True)
class Turn:
    """How a turn ended: when to go on (None: nothing to do), and whether the mail server was away."""

    go_on_at: datetime | None = None
    server_is_away: bool = False


def take_a_turn(issue_id: int, seconds: float, tell: Callable[[], None] = lambda: None) -> Turn:
    """Queue and send for so many seconds. `tell` is called after each step."""
    name = new_sender()
    if not take_turn(issue_id, name):
        return Turn()
    ends = time.monotonic() + seconds
    try:
        with PostOffice() as office:
            return work(Issue.objects.get(pk=issue_id), name, office, ends, tell)
    except TurnLost:
        return Turn()
    except ServerAway as error:
        Issue.objects.filter(pk=issue_id).update(trouble=str(error)[:300])
        return Turn(go_on_at=timezone.now(), server_is_away=True)
    except ServerRefuses as error:
        # Trying again would only make it worse, and each reader would count as refused.
        Issue.objects.filter(pk=issue_id).update(trouble=str(error)[:300])
        issue_states.pause(Issue.objects.get(pk=issue_id))
        return Turn()
    finally:
        end_turn(issue_id, name)


def work(issue: Issue, name: str, office: PostOffice, ends: float, tell: Callable[[], None]) -> Turn:
    sender = Sender(issue, name, office)
    sender.put_in_order()
    with closing(queue(issue)) as steps:
        for _number in steps:
            tell()
            if not take_turn(issue.pk, name):
                raise TurnLost
            if time.monotonic() > ends:
                return Turn(go_on_at=timezone.now())
    with closing(sender.send()) as steps:
        for _number in steps:
            if issue.trouble:
                issue.trouble = ""
                Issue.objects.filter(pk=issue.pk).update(trouble="")
            tell()
            if time.monotonic() > ends:
                return Turn(go_on_at=timezone.now())
    return Turn(go_on_at=finish(issue))


def finish(issue: Issue) -> datetime | None:
    """The issue is sent when no delivery is left to do; else, when the next one is due."""
    due = Delivery.objects.filter(issue=issue).unfinished().order_by("due_at").values_list("due_at", flat=True).first()
    if due is None:
        issue_states.finish(issue)
    return due


@task(priority=BEHIND_EVERYTHING_ELSE)
def send_issue(issue_id, times_away=0):
    turn = take_a_turn(issue_id, SECONDS_OF_A_TURN)
    if turn.go_on_at is None:
        return
    pause = PAUSES[min(times_away, len(PAUSES) - 1)] if turn.server_is_away else timedelta(0)
    go_on_at = max(turn.go_on_at, timezone.now() + pause)
    enqueue(issue_id, times_away + 1 if turn.server_is_away else 0, at=go_on_at)


def enqueue(issue_id, times_away=0, *, at=None):
    """Where tasks cannot wait, the hourly sweep goes on with what is due later."""
    backend = send_issue.get_backend()
    if at is not None and at > timezone.now():
        if backend.supports_defer:
            send_issue.using(run_after=at).enqueue(issue_id, times_away)
    elif at is None or backend.supports_defer:
        send_issue.enqueue(issue_id, times_away)


def wake_up():
    """Have every issue sent on that should be: scheduled ones whose hour has come, and those whose sender was lost."""
    now = timezone.now()
    for issue in Issue.objects.filter(state=Issue.State.APPROVED, send_at__lte=now):
        issue_states.start(issue)
    idle = Q(sending__sender="") | Q(sending__sender_until__lt=now)
    for issue in Issue.objects.filter(idle, state=Issue.State.SENDING).select_related("sending"):
        if has_work(issue, now):
            transaction.on_commit(partial(enqueue, issue.pk))


def has_work(issue, at) -> bool:
    """Not where all that is left waits for a later moment: the task of that moment exists."""
    unfinished = Delivery.objects.filter(issue=issue).unfinished()
    return not issue.sending.all_queued or unfinished.filter(due_at__lte=at).exists() or not unfinished.exists()


@task()
def start_due_issues():
    """Runs at the moment for which an issue is scheduled. Bears being run twice, late, or when there is none."""
    wake_up()


def schedule(issue, at) -> bool:
    """Have an approved issue begin at a moment (aware); None: when somebody presses “send”."""
    is_done = issue_states.schedule(issue, at)
    if is_done and at is not None and start_due_issues.get_backend().supports_defer:
        later = start_due_issues.using(run_after=max(at, timezone.now()))
        transaction.on_commit(later.enqueue)
    return is_done


def start(issue) -> bool:
    """Begin to send; False where somebody was faster, or the issue is not approved."""
    return begun(issue, issue_states.start(issue))


def resume(issue) -> bool:
    return begun(issue, issue_states.resume(issue))


def begun(issue, is_done) -> bool:
    if is_done:
        transaction.on_commit(partial(enqueue, issue.pk))
    return is_done


def decide(deliveries, *, send_again: bool) -> int:
    """A person's word on uncertain deliveries: they count as sent, or go out once more. Says how many."""
    uncertain = deliveries.filter(state=Delivery.State.UNCERTAIN)
    issues = list(uncertain.order_by().values_list("issue_id", flat=True).distinct())
    if not send_again:
        return uncertain.update(state=Delivery.State.SENT, changed_at=timezone.now())
    # Who cancelled an issue wants no letter of it to go out any more.
    uncertain = uncertain.exclude(issue__state=Issue.State.CANCELLED)
    again = {"state": Delivery.State.QUEUED, "sender": "", "due_at": timezone.now(), "changed_at": timezone.now()}
    with transaction.atomic():
        count = uncertain.update(**again)
        for issue in Issue.objects.filter(pk__in=issues):
            if count and issue_states.open_again(issue):
                transaction.on_commit(partial(enqueue, issue.pk))
    return count
