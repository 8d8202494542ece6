from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client

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
    assert [answer.status_code for answer in answers] == [200, 405, 303, 303, 200, 200, 303, 404, 404]
    assert [headers_of(answer) for answer in answers] == [PRIVATE] * len(answers)
    assert [dict(answer.cookies) for answer in answers] == [{}] * len(answers)
    assert ["Cookie" in answer.headers.get("Vary", "") for answer in answers] == [False] * len(answers)


def test_no_secret_gets_into_the_log(client, consent, caplog):
    subscriber = make_subscriber(consent=consent)
    preferences = f"/en/newsletter/preferences/{subscriber.preferences_token}/"
    answers = [
        client.post(preferences, {"language": "xx"}),
        client.put(preferences),
        client.post(f"{preferences}data.json"),
        client.get(f"/en/newsletter/leave/{subscriber.preferences_token}/"),
    ]
    assert [answer.status_code for answer in answers] == [422, 405, 405, 404]
    assert caplog.messages == []


@pytest.mark.parametrize("name", ["leave", "confirm"])
def test_a_press_at_the_moment_of_the_erasure_is_answered(client, consent, name):
    state = {"leave": "confirmed", "confirm": "pending"}[name]
    subscriber = make_subscriber(consent=consent, state=state)
    token = {"leave": subscriber.leaving_token, "confirm": subscriber.confirmation_token}[name]

    beaten = []

    def be_quicker(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and not beaten:
            beaten.append(True)
            Subscriber.objects.all().delete()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(be_quicker):
        answer = client.post(f"/en/newsletter/{name}/{token}/")

    assert (answer.status_code, Subscriber.objects.count()) == ({"leave": 200, "confirm": 303}[name], 0)


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
        browser.post(browser.address("preferences", token=subscriber.leaving_token)),
        browser.post(browser.address("preferences", token=subscriber.confirmation_token)),
    ]
    not_erased = browser.post(browser.address("erase", token=subscriber.leaving_token))
    not_left = browser.post(browser.address("leave", token=subscriber.preferences_token))
    subscriber.refresh_from_db()
    assert [answer.status_code for answer in wrong] == [404, 200, 404, 404, 404]
    # Pressed anew, a link that has done its work is answered as if it did it again: nothing tells who is on the list.
    assert (not_erased.status_code, not_left.status_code, subscriber.state) == (303, 200, "pending")


ONE_CLICK = "List-Unsubscribe=One-Click"
MULTIPART = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
FORM = "application/x-www-form-urlencoded"
BODIES = {
    "urlencoded": (ONE_CLICK, FORM),
    "multipart": (MULTIPART, "multipart/form-data; boundary=x"),
    "the page's own button": ("", FORM),
    "broken multipart": ("--y", "multipart/form-data; boundary=x"),
    "multipart without a boundary": (MULTIPART, "multipart/form-data"),
    "broken letters": (b"\xff\x00%", FORM),
    "JSON": ("{}", "application/json"),
    "huge": ("List-Unsubscribe=" + "x" * 6_000_000, FORM),
    "five thousand fields": ("a=1&" * 5000, FORM),
}


@pytest.mark.parametrize("kind", BODIES)
def test_a_mail_programs_button_is_answered_with_200_whatever_it_sends(consent, kind):
    """RFC 8058, 3.1 and 3.2: a POST of either kind without cookie or other context, no redirect."""
    client = Client(enforce_csrf_checks=True)
    subscriber = make_subscriber(consent=consent)
    address = f"/en/newsletter/leave/{subscriber.leaving_token}/"
    body, content_type = BODIES[kind]

    first, again, unknown, damaged = (
        client.post(url, body, content_type)
        for url in (address, address, f"/en/newsletter/leave/{new_token()}/", "/en/newsletter/leave/a%00=b%FF/")
    )

    subscriber.refresh_from_db()
    assert (subscriber.state, subscriber.left_at is not None) == ("left", True)
    answers = [first, again, unknown, damaged]
    assert [(answer.status_code, headers_of(answer), dict(answer.cookies)) for answer in answers] == [
        (200, PRIVATE, {})
    ] * 4


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_nothing_but_a_post_changes_anything(client, consent, method):
    subscriber = make_subscriber(consent=consent)
    before = Subscriber.objects.values().get()
    for name, token in (
        ("leave", subscriber.leaving_token),
        ("preferences", subscriber.preferences_token),
        ("confirm", subscriber.confirmation_token),
    ):
        getattr(client, method)(f"/en/newsletter/{name}/{token}/?{ONE_CLICK}")
    for part in ("erase/", "new-links/", "data.json"):
        getattr(client, method)(f"/en/newsletter/preferences/{subscriber.preferences_token}/{part}")

    assert Subscriber.objects.values().get() == before
