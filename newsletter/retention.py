"""What is deleted when its time is over."""

from newsletter.models import Subscriber


def prune_subscribers() -> dict[str, int]:
    """Deletes sign-ups that were not confirmed in time and old hashes of IP addresses; says how many."""
    _, deleted = Subscriber.objects.expired().delete()
    return {
        "unconfirmed": deleted.get(Subscriber._meta.label, 0),
        "ip_hashes": Subscriber.objects.with_old_ip_hash().update(ip_hash=""),
    }
