"""Sends single letters in the background and tries again when the mail server is away."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.utils import timezone
from django_tasks import task

from newsletter import mail
from newsletter.models import Subscriber

# A letter goes only to a reader who is still in the state that it speaks of.
LETTERS = {
    "confirmation": (mail.confirmation, Subscriber.State.PENDING),
    "welcome": (mail.welcome, Subscriber.State.CONFIRMED),
    "already_subscribed": (mail.already_subscribed, Subscriber.State.CONFIRMED),
}
PAUSES = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]


@task()
def send_letter(name, subscriber_id, attempt=0):
    write, state = LETTERS[name]
    subscriber = Subscriber.objects.filter(pk=subscriber_id, state=state).first()
    if subscriber is None:
        return
    try:
        write(subscriber).send()
    except OSError as error:  # every error of smtplib is one
        if attempt >= len(PAUSES) or is_final(error) or not send_letter.get_backend().supports_defer:
            raise
        later = send_letter.using(run_after=timezone.now() + PAUSES[attempt])
        later.enqueue(name, subscriber_id, attempt + 1)


def is_final(error):
    """Did the mail server refuse for good (5xx)? Anything else may pass."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, reason in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= 500
