"""A sign-up, after its form was found in order. The visitor gets the same answer whatever happens here."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from newsletter.models import Subscriber
from newsletter.sending import send_letter

PAUSE_BETWEEN_CONFIRMATIONS = timedelta(hours=1)
PAUSE_BETWEEN_REMINDERS = timedelta(days=1)


def sign_up(email, *, networks, themes, **fields):
    """`fields` are the other columns: language and frequency, and the proof of consent."""
    fields["signed_up_at"] = timezone.now()
    with transaction.atomic():
        # Of two sign-ups at the same moment one fails at the unique constraint; get_or_create then reads the other's.
        subscriber, is_new = Subscriber.objects.select_for_update().get_or_create(
            email__lower=email.lower(), defaults={"email": email, **fields}
        )
        if subscriber.state == Subscriber.State.CONFIRMED:
            # Only the reader may change a confirmed subscription, and typing in an address proves nothing.
            letter, pause = "already_subscribed", PAUSE_BETWEEN_REMINDERS
        else:
            if not is_new:
                subscriber.sign_up_again(**fields)
            subscriber.networks.set(networks)
            subscriber.themes.set(themes)
            letter, pause = "confirmation", PAUSE_BETWEEN_CONFIRMATIONS
        if subscriber.claim_letter(pause):
            send_after_commit(letter, subscriber)


def confirm(subscriber):
    with transaction.atomic():
        if subscriber.confirm():
            send_after_commit("welcome", subscriber)


def send_after_commit(letter, subscriber):
    transaction.on_commit(partial(send_letter.enqueue, letter, subscriber.pk))
