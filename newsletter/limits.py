"""How often one address or one network may sign up.

The pauses between letters (`Subscriber.claim_letter`) do not depend on it.
"""

from entrance.limits import is_within

HOUR = 60 * 60
DAY = 24 * HOUR
# A whole town hall may sign up from one network after a meeting; a person seldom needs a third attempt.
LIMITS = {
    "network": (30, HOUR),
    "address": (5, DAY),
    "tried-out": (30, HOUR),
}


def is_within_limit(kind: str, value: str) -> bool:
    """Counts one more attempt and says whether it is still one of the allowed."""
    most, seconds = LIMITS[kind]
    return is_within(f"newsletter-{kind}", value, most=most, seconds=seconds)
