"""The letters to one reader, one function each; subject, text and HTML are templates in `newsletter/mail/`.

A letter is written in its reader's language, whatever the language of the page that led to it.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import override

from newsletter.models import CONFIRMATION_VALID, Subscriber
from newsletter.reader_links import leaving_url, link, one_click_headers, preferences_url


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
    """`links` stand as they are in the text and can be followed in the HTML."""
    context["language"] = subscriber.language
    followed = {key: format_html('<a href="{0}">{0}</a>', url) for key, url in links.items()}
    with override(subscriber.language):
        subject = " ".join(plain(f"newsletter/mail/{name}_subject.txt", context).split())
        text = plain(f"newsletter/mail/{name}.txt", context | links)
        template = get_template(f"newsletter/mail/{name}.html")
        html = template.render(context | {"subject": subject, "links": followed, "urls": links}).strip()
    message = EmailMultiAlternatives(
        subject,
        text,
        to=[subscriber.email],
        # No holiday notices back, please (RFC 3834).
        headers={"Auto-Submitted": "auto-generated", "Content-Language": subscriber.language} | (headers or {}),
    )
    message.attach_alternative(html, "text/html")
    return message


def plain(template_name, context) -> str:
    """Without the escapes of HTML, which a reader of plain text would see."""
    return get_template(template_name).template.render(Context(context, autoescape=False)).strip() + "\n"
