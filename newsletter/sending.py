"""Sends single letters in the background and tries again when the mail server is away."""

from django_tasks import task

from newsletter import mail
from newsletter.models import Subscriber
from publishing.letters import send_or_try_again

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
    send_or_try_again(write(subscriber), send_letter, name, subscriber_id, attempt=attempt)
