import re
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories import make_consent_text, make_subscriber
from tests.newsletter.smtp_sink import Sink

OUR_ORIGIN = "http://testserver"


class Visitor:
    """A browser with the form before it; what it asked for is answered and every letter sent."""

    def __init__(self, language, commit):
        self.client = Client()
        self.language = language
        self.commit = commit

    def address(self, name, **kwargs):
        with override(self.language):
            return reverse(f"newsletter:{name}", kwargs=kwargs)

    def get(self, address):
        return self.client.get(address)

    def post(self, address, data=None, *, headers=None, **extra):
        with self.commit(execute=True):
            return self.client.post(address, data or {}, headers=headers or {}, **extra)

    def subscribe(self, headers=None, remote_address="8.8.8.8", **data):
        headers = {"Origin": OUR_ORIGIN} if headers is None else headers
        return self.post(self.address("subscribe"), data, headers=headers, REMOTE_ADDR=remote_address)


@pytest.fixture
def consent(db):
    return make_consent_text(version="newsletter_consent_1", text_es="Quiero recibir el boletín.")


@pytest.fixture
def visitor(consent, django_capture_on_commit_callbacks):
    def open_form(language="en"):
        return Visitor(language, django_capture_on_commit_callbacks)

    return open_form


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_TIMEOUT = 5
        yield sink


@pytest.fixture
def make_readers(db):
    """Readers of these names at example.org, with one consent."""
    consent = make_consent_text()

    def make(*addresses, **fields):
        return [make_subscriber(email=f"{address}@example.org", consent=consent, **fields) for address in addresses]

    return make


def typed(**overrides):
    """What the least sign-up sends."""
    return {
        "email": "reader@example.org",
        "language": "en",
        "frequency": "each_issue",
        "consent": "newsletter_consent_1",
        "comments": "",
    } | overrides


def links_in(letter):
    """Paths of all addresses in the text part, as a mail program would find them."""
    return re.findall(r"http://testserver(/\S+)", letter.body)


def parsed(letter):
    """The letter as it goes over the wire."""
    return message_from_bytes(letter.message().as_bytes(), policy=policy.default)


def subjects():
    return [letter.subject for letter in mail.outbox]
