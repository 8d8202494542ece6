"""Issues and deliveries, as the sending leaves them, for what comes after it."""

from django.utils import timezone

from newsletter.models import Delivery, Issue, Letter, Subscriber
from tests.factories import make_subscriber, numbers


def make_sent_issue(**overrides):
    number = next(numbers)
    return Issue.objects.create(**{"subject_en": f"Issue {number}", "state": "sent", "number": number} | overrides)


def make_delivery(subscriber=None, *, issue=None, at=None, **overrides):
    """Sent just now, unless `at` says when."""
    issue = issue or make_sent_issue()
    subscriber = subscriber or make_subscriber()
    letter, _ = Letter.objects.get_or_create(issue=issue, language=subscriber.language, parts_digest="")
    delivery = Delivery.objects.create(
        **{"issue": issue, "subscriber": subscriber, "letter": letter, "state": "sent", "due_at": timezone.now()}
        | overrides
    )
    if at is not None:
        Delivery.objects.filter(pk=delivery.pk).update(changed_at=at)
        delivery.refresh_from_db()
    return delivery


def state_of(subscriber):
    return Subscriber.objects.get(pk=subscriber.pk).state
