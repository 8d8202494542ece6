"""Sends single letters in the background and tries again when the mail server is away."""

from django.utils import timezone
from django_tasks import task

from newsletter import mail
from newsletter.models import Subscriber
from publishing.mail_trouble import PAUSES, is_final

# A letter goes only to a reader who is still in the state that it speaks of.
LETTERS = {
    "confirmation": (mail.confirmation, Subscriber.State.PENDING),
    "welcome": (mail.welcome, Subscriber.State.CONFIRMED),
    "already_subscribed": (mail.already_subscribed, Subscriber.State.CONFIRMED),
    "new_links": (mail.new_links, Subscriber.State.CONFIRMED),
}


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
