"""Sends the deliveries of an issue, one by one, so that each reader gets one letter: see decision 0027.

Every move of a row asks that the row still be where it was and still belong to this sender.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from newsletter.bounces import take_refusal
from newsletter.letters import Letters
from newsletter.models import Delivery, Issue, Subscriber
from newsletter.moves import move
from newsletter.post_office import PostOffice, ServerAway, ServerRefuses
from newsletter.return_address import envelope_sender, message_id
from newsletter.smtp_session import Answer, Fate
from newsletter.turns import boot, take_turn
from newsletter.wire import Unwritable

State = Delivery.State
AT_ONCE = 50
# How long a letter waits after each time that it was put off; after the last it counts as refused.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
# So many letters refused one after the other are no bad addresses: the server refuses us.
SUSPICIOUS = 50


class TurnLost(Exception):
    """Another process sends this issue now, or somebody paused it."""


@dataclass
class Sender:
    """One process's work on one issue. It has the turn when it begins."""

    issue: Issue
    name: str
    office: PostOffice
    letters: Letters = field(init=False)
    refused_in_a_row: int = 0
    # The delivery that the server has just answered for, with that answer: written with the next step.
    answered: tuple[int, Answer] | None = None

    def __post_init__(self):
        self.letters = Letters(self.issue)

    @property
    def own(self):
        return Delivery.objects.filter(sender=self.name)

    def put_in_order(self) -> int:
        """What a dead sender left: its claims wait again, and what it was handing over is uncertain. Says how many."""
        left = Delivery.objects.filter(issue=self.issue).exclude(sender=self.name)
        now = timezone.now()
        lost = Q(state=State.HANDING_OVER)
        if connection.vendor == "sqlite":
            # Claims survive a power cut (`written_for_good`), but not what became of each of them.
            lost |= Q(state=State.CLAIMED) & ~Q(sender__startswith=boot())
        uncertain = left.filter(lost).update(state=State.UNCERTAIN, changed_at=now)
        left.filter(state=State.CLAIMED).update(state=State.QUEUED, sender="", changed_at=now)
        return uncertain

    def send(self) -> Iterator[int]:
        """Send what is due. Tells after each few letters how many have found their end.

        Raises TurnLost, ServerAway and ServerRefuses; the rows are in order then.
        """
        try:
            while batch := self.claim():
                yield self.send_these(batch)
        finally:
            self.settle()
            self.own.filter(state=State.CLAIMED).update(state=State.QUEUED, sender="")

    def claim(self) -> list[Delivery]:
        if not take_turn(self.issue.pk, self.name):
            raise TurnLost
        due = Delivery.objects.filter(issue=self.issue, state=State.QUEUED, due_at__lte=timezone.now())
        ids = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[: self.batch_size()])
        if not ids:
            return []
        with written_for_good():
            waiting = Delivery.objects.filter(pk__in=ids, state=State.QUEUED)
            waiting.update(state=State.CLAIMED, sender=self.name)
        claimed = self.own.filter(pk__in=ids, state=State.CLAIMED).select_related("subscriber")
        return list(claimed.only(*COLUMNS).order_by("due_at", "pk"))

    def batch_size(self) -> int:
        """No more than about a second's letters: a pause takes effect at the next few."""
        rate = settings.NEWSLETTER_PER_SECOND
        return max(1, min(AT_ONCE, int(rate))) if rate else AT_ONCE

    def send_these(self, batch: list[Delivery]) -> int:
        began = time.monotonic()
        for number, delivery in enumerate(batch, start=1):
            self.send_one(delivery)
            self.keep_pace(began, number)
        self.settle()
        return len(batch)

    def keep_pace(self, began: float, number: int) -> None:
        if rate := settings.NEWSLETTER_PER_SECOND:
            ahead = number / rate - (time.monotonic() - began)
            if ahead > 0:
                self.settle()
                time.sleep(ahead)

    def send_one(self, delivery: Delivery) -> None:
        message = self.message_for(delivery)
        if message is None:
            self.finish(delivery.pk, State.CLAIMED, State.DROPPED)
            return
        with transaction.atomic():
            self.write_answer()
            is_ours = move(delivery.pk, self.name, [State.CLAIMED], State.HANDING_OVER, only_if_confirmed=True)
        self.answered = None
        if not is_ours:
            # The reader left a moment ago, or the row is another sender's now.
            if not self.finish(delivery.pk, State.CLAIMED, State.DROPPED):
                raise TurnLost
            return
        try:
            answer = self.office.take(envelope_sender(delivery.pk), delivery.subscriber.email, message)
        except (ServerAway, ServerRefuses):
            self.finish(delivery.pk, State.HANDING_OVER, State.QUEUED, sender="")
            raise
        self.answered = delivery.pk, answer
        self.watch(answer)

    def message_for(self, delivery: Delivery) -> bytes | None:
        """None where there is nobody to write to, or nothing left to say."""
        reader = delivery.subscriber
        wire = self.letters.wire(delivery.letter_id)
        if reader is None or reader.state != Subscriber.State.CONFIRMED or wire is None:
            return None
        try:
            return wire.filled(
                to=reader.email,
                message_id=message_id(delivery.pk),
                leave_token=reader.leaving_token,
                preferences_token=reader.preferences_token,
                at=timezone.localtime(),
            )
        except Unwritable:
            return None

    def settle(self) -> None:
        with transaction.atomic():
            self.write_answer()
        self.answered = None

    def write_answer(self) -> None:
        """It is forgotten once that is committed, and not before."""
        if self.answered is None:
            return
        pk, answer = self.answered
        if answer.fate is Fate.LATER:
            self.put_off(pk, answer)
        else:
            self.finish(pk, State.HANDING_OVER, FATES[answer.fate], answer=answer.text)
            if answer.fate is Fate.REFUSED:
                take_refusal(pk, answer.text)

    def put_off(self, pk: int, answer: Answer) -> None:
        attempts = Delivery.objects.values_list("attempts", flat=True).get(pk=pk)
        if attempts >= len(PAUSES):
            self.finish(pk, State.HANDING_OVER, State.REFUSED, answer=answer.text, attempts=attempts + 1)
            return
        due_at = timezone.now() + PAUSES[attempts]
        changes = {"answer": answer.text, "attempts": attempts + 1, "due_at": due_at, "sender": ""}
        self.finish(pk, State.HANDING_OVER, State.QUEUED, **changes)

    def finish(self, pk: int, before: State, after: State, **changes) -> int:
        # Whoever thought this sender dead called the row uncertain. It is not: this process knows.
        states = [before, State.UNCERTAIN] if before == State.HANDING_OVER else [before]
        return move(pk, self.name, states, after, **changes)

    def watch(self, answer: Answer) -> None:
        self.refused_in_a_row = self.refused_in_a_row + 1 if answer.fate is Fate.REFUSED else 0
        if self.refused_in_a_row >= SUSPICIOUS:
            raise ServerRefuses(answer.text)


FATES = {Fate.TAKEN: State.SENT, Fate.REFUSED: State.REFUSED, Fate.UNCERTAIN: State.UNCERTAIN}
READER = ("email", "state", "leaving_token", "preferences_token")
COLUMNS = ("letter_id", "subscriber_id", *(f"subscriber__{name}" for name in READER))


@contextmanager
def written_for_good():
    """What was committed survives a power cut, on SQLite too.

    With the site's own `synchronous=NORMAL` the last moments may be lost, and with them that a letter was handed over.
    """
    set_synchronous("FULL")
    try:
        yield
    finally:
        set_synchronous("NORMAL")


def set_synchronous(value):
    # Within a transaction (a test's) SQLite refuses to change it.
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={value}")
