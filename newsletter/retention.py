"""What is done every hour about readers, and deleted when its time is over."""

from newsletter.bounces import forget_soft_bounces_of_who_is_reached
from newsletter.models import Subscriber
from newsletter.reading_bounces import enqueue_reading


def prune_subscribers() -> dict[str, int]:
    """Deletes sign-ups that were not confirmed in time and old hashes of IP addresses; says how many."""
    _, deleted = Subscriber.objects.expired().delete()
    return {
        "unconfirmed": deleted.get(Subscriber._meta.label, 0),
        "ip_hashes": Subscriber.objects.with_old_ip_hash().update(ip_hash=""),
    }


def look_after_readers() -> None:
    """Called every hour by whoever serves the site; bears being called twice at once."""
    prune_subscribers()
    forget_soft_bounces_of_who_is_reached()
    enqueue_reading()
