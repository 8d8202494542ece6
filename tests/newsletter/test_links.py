from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail

from newsletter.models import Subscriber, new_token
from tests.factories import make_network, make_subscriber
from tests.newsletter.conftest import links_in, subjects, typed

LANGUAGES = [code for code, name in settings.LANGUAGES]
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


def headers_of(response):
    return {name: response.headers.get(name) for name in PRIVATE}


def test_pages_with_a_token_are_kept_nowhere_and_tell_nobody(visitor):
    browser = visitor()
    browser.subscribe(**typed())
    subscriber = Subscriber.objects.get()
    confirm = browser.address("confirm", token=subscriber.confirmation_token)
    leave = browser.address("leave", token=subscriber.leaving_token)
    answers = [
        browser.get(confirm),
        browser.client.put(confirm),
        browser.post(confirm),
        browser.get(confirm),
        browser.get(leave),
        browser.post(leave),
        browser.get(leave),
        browser.get(confirm),
        browser.get(browser.address("leave", token=new_token())),
    ]
    assert [answer.status_code for answer in answers] == [200, 405, 303, 303, 200, 303, 303, 404, 404]
    assert [headers_of(answer) for answer in answers] == [PRIVATE] * len(answers)
    assert [dict(answer.cookies) for answer in answers] == [{}] * len(answers)
    assert ["Cookie" in answer.headers.get("Vary", "") for answer in answers] == [False] * len(answers)


def test_the_page_before_confirming_shows_what_was_chosen(visitor):
    browser = visitor()
    browser.subscribe(**typed(language="pt", frequency="monthly", networks=[make_network(name_en="Rece").pk]))
    browser.language = "en"
    html = browser.get(browser.address("confirm", token=Subscriber.objects.get().confirmation_token)).content.decode()
    facts = html[html.index('<dl class="facts">') :].split("</dl>")[0]
    values = [piece.split("</dd>")[0] for piece in facts.split("<dd>")[1:]]
    assert values == ["Portuguese", "One digest a month", "Rece", "all"]


def test_two_presses_confirm_once(visitor):
    browser = visitor()
    browser.subscribe(**typed())
    (link,) = links_in(mail.outbox[0])
    presses = [browser.post(link) for _ in range(2)]
    assert [(press.status_code, press.url) for press in presses] == [(303, browser.address("confirmed"))] * 2
    assert subjects() == ["Please confirm your subscription", "Welcome to the newsletter"]


def test_of_two_presses_at_once_one_is_the_first(consent):
    row = make_subscriber(state="pending", confirmed_at=None, consent=consent)
    same = Subscriber.objects.get()
    assert [row.confirm(), same.confirm()] == [True, False]
    assert [row.leave(), same.leave()] == [True, False]
    assert [row.confirm(), same.state] == [False, "left"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_works_for_seven_days(visitor, language):
    browser = visitor(language)
    with time_machine.travel("2026-03-01 12:00+00:00", tick=False) as clock:
        browser.subscribe(**typed(language=language))
        (link,) = links_in(mail.outbox[0])
        clock.shift(timedelta(days=7))
        assert browser.get(link).status_code == 200
        clock.shift(timedelta(seconds=1))
        shown, pressed = browser.get(link), browser.post(link)

    assert (shown.status_code, pressed.status_code) == (404, 404)
    assert f'<html lang="{language}">' in shown.content.decode()
    assert f'<a class="button" href="{browser.address("signup")}">' in shown.content.decode()
    assert Subscriber.objects.get().state == "pending"


def test_a_token_serves_one_purpose(visitor):
    browser = visitor()
    browser.subscribe(**typed())
    subscriber = Subscriber.objects.get()
    wrong = [
        browser.post(browser.address("confirm", token=subscriber.leaving_token)),
        browser.post(browser.address("leave", token=subscriber.confirmation_token)),
        browser.post(browser.address("confirm", token="x") + "%00"),
    ]
    subscriber.refresh_from_db()
    assert ([answer.status_code for answer in wrong], subscriber.state) == ([404, 404, 404], "pending")


@pytest.mark.parametrize("multipart", [True, False])
def test_the_button_of_a_mail_program_leaves_with_one_click(client, consent, multipart):
    subscriber = make_subscriber(consent=consent)
    address = f"/en/newsletter/leave/{subscriber.leaving_token}/"
    if multipart:
        response = client.post(address, {"List-Unsubscribe": "One-Click"})
    else:
        response = client.post(address, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    subscriber.refresh_from_db()
    assert (response.status_code, subscriber.state, subscriber.left_at is not None) == (200, "left", True)
    again = client.post(address, {"List-Unsubscribe": "One-Click"})
    unknown = client.post(f"/en/newsletter/leave/{new_token()}/", {"List-Unsubscribe": "One-Click"})
    assert (again.status_code, unknown.status_code) == (200, 200)
