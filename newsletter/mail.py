"""The letters to one reader, one function each; subject, text and HTML are templates in `newsletter/mail/`.

A letter is written in its reader's language, whatever the language of the page that led to it.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import override

from newsletter.models import CONFIRMATION_VALID, Subscriber
from newsletter.reader_links import leaving_url, link, one_click_headers, preferences_url
from publishing import letters


def confirmation(subscriber: Subscriber) -> EmailMultiAlternatives:
    links = {"confirm_url": link("confirm", subscriber.language, subscriber.confirmation_token)}
    return letter("confirmation", subscriber, links, valid_days=CONFIRMATION_VALID.days)


def welcome(subscriber: Subscriber) -> EmailMultiAlternatives:
    with override(subscriber.language):
        home = settings.SITE_URL + reverse("home")
    return letter(
        "welcome", subscriber, own_links(subscriber) | {"site_url": home}, headers=leaving_headers(subscriber)
    )


def already_subscribed(subscriber: Subscriber) -> EmailMultiAlternatives:
    return letter("already_subscribed", subscriber, own_links(subscriber), headers=leaving_headers(subscriber))


def new_links(subscriber: Subscriber) -> EmailMultiAlternatives:
    return letter("new_links", subscriber, own_links(subscriber), headers=leaving_headers(subscriber))


def own_links(subscriber) -> dict[str, str]:
    """What stands at the foot of every letter to a reader."""
    return {
        "unsubscribe_url": leaving_url(subscriber.language, subscriber.leaving_token),
        "preferences_url": preferences_url(subscriber.language, subscriber.preferences_token),
    }


def leaving_headers(subscriber) -> dict[str, str]:
    return one_click_headers(leaving_url(subscriber.language, subscriber.leaving_token))


def letter(name, subscriber, links, *, headers=None, **context) -> EmailMultiAlternatives:
    return letters.letter(
        f"newsletter/mail/{name}",
        to=subscriber.email,
        language=subscriber.language,
        links=links,
        headers=headers,
        **context,
    )
