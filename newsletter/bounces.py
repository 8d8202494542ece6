"""What follows when a letter comes back or a reader complains.

Hard bounces stop the letters at once, soft ones after five letters in a row, complaints take the reader off the list.
Each report counts once, however often it is told and by whichever way (`Bounce.source_id`); one about a letter from
before the present sign-up is kept and changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from newsletter.erasing import erase
from newsletter.models import Bounce, Delivery, Movement, Subscriber, Suppressed
from newsletter.status_codes import STATUS, kind_of
from newsletter.suppression import suppress

SOFT_BOUNCES_IN_A_ROW = 5
# Mail servers try for up to five days (RFC 5321, 4.5.4.1) before they give a letter back.
ARRIVED_AFTER = timedelta(days=7)
ADDRESS = re.compile(r"[^\s<>;,:\"']+@[^\s<>;,:\"']+")


@dataclass(frozen=True)
class Report:
    """What was told about one letter. It names the delivery, or, where a provider vouches for it, the address."""

    kind: str
    delivery_id: int | None = None
    email: str = ""
    status: str = ""
    text: str = ""
    at: datetime | None = None
    # What names the report at its sender; of a delivery, each kind counts once and no name is needed.
    name: str = ""

    @property
    def source_id(self) -> str:
        name = self.name or f"delivery {self.delivery_id} {self.kind}"
        return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def take(report: Report) -> Bounce | None:
    """Keeps the report and does what follows from it; None where it was known, or is about no reader of ours."""
    with transaction.atomic():
        delivery = delivery_of(report)
        subscriber = reader_of(report, delivery)
        if subscriber is None:
            return None
        issue_id = delivery.issue_id if delivery else None
        counted_before = bool(issue_id) and soft_bounces_of(subscriber).filter(issue_id=issue_id).exists()
        comes_back = comes_back_now(report, delivery)
        bounce, is_new = Bounce.objects.get_or_create(
            source_id=report.source_id,
            defaults={
                "subscriber": subscriber,
                "issue_id": issue_id,
                "kind": report.kind,
                "at": report.at or timezone.now(),
                "status": report.status[:20],
                "report": without_addresses(report.text)[:300],
            },
        )
        if not is_new:
            return None
        if comes_back:
            Movement.record(Movement.Kind.CAME_BACK, issue_id)
        if (delivery.changed_at if delivery else bounce.at) >= subscriber.signed_up_at:
            act_on(subscriber, report.kind, counts=not counted_before)
        return bounce


def take_refusal(delivery_id: int, answer: str) -> Bounce | None:
    """For a letter that the mail server refused for good (5xx) when it was handed over; `answer` is what it said.

    An answer without an enhanced status code may be about anything, so it counts as soft.
    """
    status = STATUS.search(answer)
    kind = kind_of(status) if status else Bounce.Kind.SOFT
    return take(Report(kind, delivery_id, status=status[0] if status else "", text=answer))


def delivery_of(report: Report) -> Delivery | None:
    if report.delivery_id is None:
        return None
    return Delivery.objects.filter(pk=report.delivery_id).first()


def comes_back_now(report: Report, delivery: Delivery | None) -> bool:
    """Whether this is the first that is told of a letter which was sent. One that was refused at once never left."""
    if delivery is None or delivery.state == Delivery.State.REFUSED or report.kind == Bounce.Kind.COMPLAINT:
        return False
    told = Bounce.objects.filter(subscriber=delivery.subscriber_id, issue=delivery.issue_id)
    return not told.exclude(kind=Bounce.Kind.COMPLAINT).exists()


def reader_of(report: Report, delivery: Delivery | None) -> Subscriber | None:
    """Locked, so that of two reports at once the second sees what the first has counted."""
    readers = Subscriber.objects.select_for_update()
    if delivery is not None or not report.email:
        return readers.filter(pk=delivery.subscriber_id).first() if delivery else None
    return readers.filter(email__lower=report.email.lower()).first()


def act_on(subscriber: Subscriber, kind: str, *, counts: bool) -> None:
    if kind == Bounce.Kind.HARD:
        # A sign-up that nobody confirmed is deleted in a few days anyway.
        if subscriber.give_up():
            suppress(subscriber.email, Suppressed.Reason.BOUNCED)
    elif kind == Bounce.Kind.COMPLAINT:
        if subscriber.state == Subscriber.State.PENDING:
            # Somebody else's joke, most likely: no reason to know the address any longer.
            erase(subscriber, Suppressed.Reason.COMPLAINT)
        else:
            subscriber.leave()
            suppress(subscriber.email, Suppressed.Reason.COMPLAINT)
    elif counts and subscriber.state == Subscriber.State.CONFIRMED:
        Subscriber.objects.filter(pk=subscriber.pk).update(soft_bounces=F("soft_bounces") + 1)
        subscriber.refresh_from_db(fields=["soft_bounces"])
        if subscriber.soft_bounces >= SOFT_BOUNCES_IN_A_ROW:
            subscriber.give_up()


def forget_soft_bounces_of_who_is_reached() -> int:
    """A letter arrived, as far as anybody can know, if it was sent and nothing has come back for a week.

    The row of soft bounces ends there, unless a later letter than that one came back. Returns how many readers.
    """
    long_ago = timezone.now() - ARRIVED_AFTER
    of_reader = Delivery.objects.filter(subscriber=OuterRef("pk")).order_by("-pk")
    came_back = Exists(Bounce.objects.filter(subscriber=OuterRef("subscriber"), issue=OuterRef("issue")))
    arrived = of_reader.filter(~came_back, state=Delivery.State.SENT, changed_at__lte=long_ago)
    of_no_letter = soft_bounces_of(OuterRef("pk")).filter(issue=None).order_by("-at")
    reached = (
        Subscriber.objects.filter(soft_bounces__gt=0, state=Subscriber.State.CONFIRMED)
        .annotate(
            arrived=Subquery(arrived.values("pk")[:1]),
            arrived_at=Subquery(arrived.values("changed_at")[:1]),
            came_back=Subquery(of_reader.filter(came_back).values("pk")[:1]),
            told_at=Subquery(of_no_letter.values("at")[:1]),
        )
        .filter(Q(came_back=None) | Q(arrived__gt=F("came_back")), arrived__isnull=False)
        .filter(Q(told_at=None) | Q(arrived_at__gt=F("told_at")))
    )
    return Subscriber.objects.filter(pk__in=list(reached.values_list("pk", flat=True))).update(soft_bounces=0)


def soft_bounces_of(subscriber) -> QuerySet[Bounce]:
    return Bounce.objects.filter(subscriber=subscriber, kind=Bounce.Kind.SOFT)


def without_addresses(text: str) -> str:
    """One line without anybody's address: servers repeat it, and sometimes that of another person."""
    return ADDRESS.sub("…", " ".join("".join(c if c.isprintable() else " " for c in text).split()))
