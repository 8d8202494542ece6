import re
import smtplib
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from newsletter import mail
from newsletter.mail import own_links
from newsletter.reader_links import leaving_url
from newsletter.sending import send_letter
from pages.models import SiteIdentity
from publishing.mail_trouble import PAUSES, is_final
from tests.factories import make_city, make_subscriber
from tests.html_validity import html_errors
from tests.newsletter.conftest import parsed, typed

LANGUAGES = [code for code, name in settings.LANGUAGES]
LETTERS = [mail.confirmation, mail.welcome, mail.already_subscribed, mail.new_links]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", LETTERS)
def test_a_letter_has_a_text_and_an_html_part_in_the_readers_language(db, write, language):
    subscriber = make_subscriber(language=language)
    with override("en"):
        letter = write(subscriber)
    message = parsed(letter)
    text, html = (message.get_body([kind]).get_content() for kind in ("plain", "html"))

    assert (message["Content-Language"], message["Auto-Submitted"]) == (language, "auto-generated")
    assert html.startswith(f'<!DOCTYPE html><html lang="{language}" dir="ltr"')
    assert f"http://testserver/{language}/" in text
    addresses = set(re.findall(r"http://testserver\S*", text))
    assert set(re.findall(r'href="(http[^"]+)"', html)) == addresses
    assert ("&#x27;" in text, "{" in text, "{" in html.partition("<body")[2], "<" in text) == (
        False,
        False,
        False,
        False,
    )


def test_a_letter_says_who_writes_and_shows_no_long_key(db):
    seat = make_city(name="Barcelona", country="ES")
    SiteIdentity.objects.create(
        name_en="Educating Cities",
        name_pt="Cidades Educadoras",
        street="Avinyó 15",
        postal_code="08002",
        seat_city=seat,
        email="office@example.org",
    )
    subscriber = make_subscriber(language="pt")
    message = parsed(mail.welcome(subscriber))
    text, html = (message.get_body([kind]).get_content() for kind in ("plain", "html"))
    foot = "-- \nCidades Educadoras\nAvinyó 15, 08002 Barcelona, Espanha\noffice@example.org\n"
    assert text.endswith(f"\n\n{foot}")
    assert html_errors({"letter.html": html}) == []
    shown = re.findall(r'<a class="link address"[^>]*>([^<]*)</a>', html)
    assert shown == [
        f"testserver/pt/boletim/preferencias/{subscriber.preferences_token[:6]}…/",
        f"testserver/pt/boletim/sair/{subscriber.leaving_token[:6]}…/",
        "testserver/pt/",
    ]


def test_letters_tell_mail_programs_how_to_leave(db, settings):
    settings.SITE_URL = "https://www.edcities.example"
    subscriber = make_subscriber(language="es")
    message = parsed(mail.welcome(subscriber))
    address = leaving_url("es", subscriber.leaving_token)
    assert message["List-Unsubscribe"].strip() == f"<{address}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith("https://www.edcities.example/es/")
    assert own_links(subscriber)["preferences_url"] in message.get_body(["plain"]).get_content()
    assert parsed(mail.confirmation(subscriber))["List-Unsubscribe"] is None


def test_one_click_is_only_promised_where_the_link_is_secure(db):
    message = parsed(mail.welcome(make_subscriber()))
    assert (message["List-Unsubscribe"] is None, message["List-Unsubscribe-Post"]) == (False, None)


def test_a_letter_to_somebody_in_another_state_is_not_sent(db, mailoutbox):
    subscriber = make_subscriber()
    send_letter.enqueue("confirmation", subscriber.pk)
    send_letter.enqueue("welcome", subscriber.pk + 1)
    assert mailoutbox == []
    send_letter.enqueue("welcome", subscriber.pk)
    assert [letter.to for letter in mailoutbox] == [[subscriber.email]]


class AwayBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody there")


class RefusingBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({"reader@example.org": (550, b"unknown")})


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    return DBTaskResult.objects.order_by("enqueued_at")


def test_a_letter_is_tried_again_when_the_mail_server_is_away(db, settings, queue):
    settings.EMAIL_BACKEND = f"{__name__}.AwayBackend"
    subscriber = make_subscriber()
    for attempt in range(len(PAUSES)):
        send_letter.call("welcome", subscriber.pk, attempt)

    tasks = [row.args_kwargs["args"] for row in queue]
    assert tasks == [["welcome", subscriber.pk, attempt + 1] for attempt in range(len(PAUSES))]
    pauses = [row.run_after - row.enqueued_at for row in queue]
    assert [abs(pause - wanted) < timedelta(seconds=1) for pause, wanted in zip(pauses, PAUSES, strict=True)] == (
        [True] * len(PAUSES)
    )
    with pytest.raises(ConnectionRefusedError):
        send_letter.call("welcome", subscriber.pk, len(PAUSES))


def test_a_letter_refused_for_good_is_not_tried_again(db, settings, queue):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send_letter.call("welcome", make_subscriber().pk)
    assert queue.count() == 0


@pytest.mark.parametrize(
    ("error", "final"),
    [
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"")}), True),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (451, b"")}), False),
        (smtplib.SMTPDataError(554, b""), True),
        (smtplib.SMTPConnectError(421, b""), False),
        (smtplib.SMTPServerDisconnected(), False),
        (TimeoutError(), False),
    ],
)
def test_only_a_5xx_is_final(error, final):
    assert is_final(error) is final


def test_a_mail_server_that_is_away_is_no_error_for_the_visitor(visitor, settings):
    settings.EMAIL_BACKEND = f"{__name__}.AwayBackend"
    assert visitor().subscribe(**typed()).status_code == 303
