"""A reader is forgotten: choices, proofs and bounces go, and a keyed hash of the address is all that stays."""

from django.db import transaction

from newsletter.models import Movement, Subscriber, Suppressed
from newsletter.suppression import suppress


def erase(subscriber: Subscriber, reason: str = Suppressed.Reason.ERASED) -> bool:
    """False where another request was quicker. Deliveries and movements stay as numbers, without a reader."""
    with transaction.atomic():
        suppress(subscriber.email, reason)
        reader = Subscriber.objects.select_for_update().filter(pk=subscriber.pk)
        got_letters = reader.values_list("state", flat=True).first() == Subscriber.State.CONFIRMED
        last = subscriber.last_issue() if got_letters else None
        _, deleted = reader.delete()
        if deleted and got_letters:
            Movement.record(Movement.Kind.LEFT, last)
    return bool(deleted)
