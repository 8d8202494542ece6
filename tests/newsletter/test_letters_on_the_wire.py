"""The letters of an issue as the mail server gets them."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter.models import Delivery, Letter, Subscriber
from newsletter.return_address import delivery_of
from tests import factories
from tests.newsletter.sendings import parsed, queue_all, send, started


@pytest.mark.parametrize("secure", [True, False])
def test_the_letter_has_the_headers_of_its_kind(sink, make_readers, settings, secure):
    settings.SITE_URL = "https://cities.example" if secure else "http://cities.example"
    settings.DEFAULT_FROM_EMAIL = "Ciutats Educadores <newsletter@cities.example>"
    settings.BOUNCE_ADDRESS = "bounces@cities.example"
    [reader] = make_readers("reader", language="ca")
    issue = started(subject_ca="Educació i ciutat: l’any que comença")

    send(issue)

    [(recipient, message)] = sink.letters
    letter = parsed(message)
    delivery = Delivery.objects.get()
    leave = f"{settings.SITE_URL}/ca/butlleti/baixa/{reader.leaving_token}/"
    assert recipient == "reader@example.org"
    assert dict(letter.items()) == {
        "To": "reader@example.org",
        "Message-ID": letter["Message-ID"],
        "Date": letter["Date"],
        "List-Unsubscribe": f"<{leave}>",
        **({"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if secure else {}),
        "From": "Ciutats Educadores <newsletter@cities.example>",
        "Subject": "Educació i ciutat: l’any que comença",
        "List-Id": '"Ciutats Educadores" <newsletter.cities.example>',
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "ca",
        "MIME-Version": "1.0",
        "Content-Type": letter["Content-Type"],
    }
    assert delivery_of(letter["Message-ID"]) == delivery.pk
    assert letter["Date"].datetime - timezone.now() < timedelta(minutes=1)
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    for part in letter.iter_parts():
        assert part.get_content().count(reader.leaving_token) == 1
        assert part.get_content().count(reader.preferences_token) == 1
    assert max(map(len, message.split(b"\r\n"))) <= 200  # the leaving header; bodies keep to 76
    body = message.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76


def test_the_text_comes_over_the_wire_as_it_was_written(sink, make_readers):
    make_readers("reader")
    odd = "Évora … 광주 \x85 =3D =\n.\n..dots\nFrom here " + "long " * 60
    issue = started(factories.make_post(title_en="A title", teaser_en=odd.replace("\n", " ")))
    send(issue)

    letter = Letter.objects.get()
    [(_recipient, message)] = sink.letters
    reader = Subscriber.objects.get()
    for kind, wanted in (("plain", letter.text), ("html", letter.html)):
        wanted = wanted.replace("L" * 43, reader.leaving_token).replace("P" * 43, reader.preferences_token)
        got = parsed(message).get_body((kind,)).get_content()
        assert got.replace("\r\n", "\n").rstrip("\n") == wanted.replace("\r\n", "\n").rstrip("\n")


def test_letters_of_one_kind_are_rendered_once(sink, make_readers, django_assert_num_queries):
    make_readers(*(f"r{number}" for number in range(30)))
    issue = started()
    queue_all(issue)

    with CaptureQueriesContext(connection) as queries:
        send(issue)

    verbs = Counter(query["sql"].split()[0] for query in queries)
    # For each letter the one step, and the answer to the one before.
    assert verbs["UPDATE"] - 2 * 30 <= 12
    assert verbs["SELECT"] <= 40
