"""Readers who join and change what they chose. A visitor gets the same answer to a sign-up whatever happens here."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from newsletter.models import Subscriber
from newsletter.sending import send_letter
from newsletter.suppression import is_suppressed, release

PAUSE_BETWEEN_CONFIRMATIONS = timedelta(hours=1)
# Also between confirmations to an address that is suppressed: its owner may come back, strangers must not pester it.
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
            letter = "confirmation"
            pause = PAUSE_BETWEEN_REMINDERS if is_suppressed(email) else PAUSE_BETWEEN_CONFIRMATIONS
        if subscriber.claim_letter(pause):
            send_after_commit(letter, subscriber)


def confirm(subscriber):
    with transaction.atomic():
        if subscriber.confirm():
            release(subscriber.email)
            send_after_commit("welcome", subscriber)


def change(subscriber, *, networks, themes, **fields):
    """A reader's new choices. Nothing for one who left meanwhile."""
    with transaction.atomic():
        if Subscriber.objects.confirmed().filter(pk=subscriber.pk).update(**fields):
            subscriber.networks.set(networks)
            subscriber.themes.set(themes)


def renew_links(subscriber, *, leaving):
    """Ends the reader's links and sends the new ones to where only the reader finds them."""
    with transaction.atomic():
        subscriber.rotate_links(leaving=leaving)
        send_after_commit("new_links", subscriber)


def send_after_commit(letter, subscriber):
    transaction.on_commit(partial(send_letter.enqueue, letter, subscriber.pk))
