"""How often one address or one network may sign up, or ask for a new password.

Counted in the cache under keys that tell nothing: a keyed hash, with another salt each day. A cache that
forgets or fails lets people through; the pauses between letters (`Subscriber.claim_letter`) do not depend on it.
"""

import logging

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

HOUR = 60 * 60
DAY = 24 * HOUR
# A whole town hall may sign up from one network after a meeting; a person seldom needs a third attempt.
LIMITS = {
    "network": (30, HOUR),
    "address": (5, DAY),
    "tried-out": (30, HOUR),
    "password-network": (20, HOUR),
    "password-address": (3, HOUR),
}


def is_within_limit(kind: str, value: str) -> bool:
    """Counts one more attempt and says whether it is still one of the allowed."""
    most, seconds = LIMITS[kind]
    now = timezone.now()
    window = int(now.timestamp()) // seconds
    digest = salted_hmac(f"newsletter.limits.{now:%Y-%m-%d}", f"{kind} {window} {value}", algorithm="sha256")
    key = f"newsletter-limit-{digest.hexdigest()}"
    try:
        cache.add(key, 0, seconds)
        return cache.incr(key) <= most
    except Exception:  # whatever the cache's client raises: a broken cache must not shut people out
        logger.warning("A limit cannot be counted, so everybody may pass.", exc_info=True)
        return True
