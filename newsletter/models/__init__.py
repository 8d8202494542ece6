"""Readers and their consent, the issues of the newsletter, and each letter's way to its reader."""

from newsletter.models.deliveries import Delivery, Letter, Sending
from newsletter.models.issues import Issue, IssuePart
from newsletter.models.movements import Movement
from newsletter.models.subscribers import (
    CONFIRMATION_VALID,
    IP_HASH_KEPT,
    ConsentText,
    Subscriber,
    SubscriberQuerySet,
    new_token,
)
from newsletter.models.undeliverable import Bounce, Suppressed

__all__ = [
    "CONFIRMATION_VALID",
    "IP_HASH_KEPT",
    "Bounce",
    "ConsentText",
    "Delivery",
    "Issue",
    "IssuePart",
    "Letter",
    "Movement",
    "Sending",
    "Subscriber",
    "SubscriberQuerySet",
    "Suppressed",
    "new_token",
]
