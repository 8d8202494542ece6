"""A reader is forgotten: choices, proofs and bounces go, and a keyed hash of the address is all that stays."""

from django.db import transaction

from newsletter.models import Subscriber, Suppressed
from newsletter.suppression import suppress


def erase(subscriber: Subscriber, reason: str = Suppressed.Reason.ERASED) -> bool:
    """False where another request was quicker. Deliveries stay as numbers, without a reader."""
    with transaction.atomic():
        suppress(subscriber.email, reason)
        _, deleted = Subscriber.objects.filter(pk=subscriber.pk).delete()
    return bool(deleted)
