import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection

from entrance.models import Count
from entrance.visitor_address import network_of, parse
from newsletter.limits import LIMITS
from newsletter.models import Subscriber
from tests.factories import make_subscriber
from tests.newsletter.conftest import typed

OURS = "http://testserver"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": OURS},
        {"Origin": "HTTP://TESTSERVER"},
        {"Origin": OURS, "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Referer": f"{OURS}/es/"},
    ],
)
def test_our_own_form_is_accepted(visitor, headers):
    response = visitor().subscribe(headers=headers, **typed())
    assert (response.status_code, Subscriber.objects.count()) == (303, 1)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin", "Referer": f"{OURS}/"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:8000"},
        {"Origin": "http://evil.example/testserver"},
        {"Origin": "http://[testserver"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Referer": f"{OURS}/"},
        {"Sec-Fetch-Site": "cross-site", "Referer": f"{OURS}/"},
        {"Referer": "https://evil.example/?http://testserver/"},
        {"Referer": "http://testserver@evil.example/"},
        {"Referer": "javascript://testserver/"},
    ],
)
def test_other_sites_and_unknown_senders_are_refused_with_a_page_that_helps(visitor, headers):
    browser = visitor()
    response = browser.subscribe(headers=headers, **typed())
    assert (response.status_code, Subscriber.objects.count(), mail.outbox) == (403, 0, [])
    assert (response.headers["Cache-Control"], dict(response.cookies)) == ("no-store", {})
    assert f'<a class="button" href="{browser.address("signup")}">' in response.content.decode()


def test_behind_a_proxy_that_changes_the_host_the_sites_own_address_counts(visitor, settings):
    settings.SITE_URL = "https://www.edcities.example"
    response = visitor().subscribe(headers={"Origin": "https://www.edcities.example"}, **typed())
    assert response.status_code == 303


def test_a_robot_that_fills_in_everything_is_answered_like_anybody(visitor):
    browser = visitor()
    html = browser.get(browser.address("signup")).content.decode()
    response = browser.subscribe(**typed(comments="Buy!"))

    trap = html[html.index('<div class="field-trap"') :].split("</div>")[0]
    assert (" inert>" in trap, 'tabindex="-1"' in trap, 'autocomplete="off"' in trap) == (True, True, True)
    assert (response.status_code, response.url) == (303, browser.address("thanks"))
    assert (Subscriber.objects.count(), mail.outbox) == (0, [])


def test_one_network_may_sign_up_so_many_an_hour(visitor):
    most = LIMITS["network"][0]
    browser = visitor()

    def attempt(number, remote_address):
        return browser.subscribe(remote_address=remote_address, **typed(email=f"reader{number}@example.org"))

    with time_machine.travel("2026-03-01 08:10+00:00", tick=False) as clock:
        first = [attempt(number, f"8.8.8.{number}").status_code for number in range(most)]
        refused = attempt(most, "8.8.8.200")
        elsewhere = attempt(most + 1, "8.8.9.1")
        clock.shift(timedelta(hours=1))
        later = attempt(most + 2, "8.8.8.1")

    assert first == [303] * most
    assert (refused.status_code, refused.headers["Cache-Control"]) == (429, "no-store")
    assert (elsewhere.status_code, later.status_code) == (303, 303)
    assert f'value="reader{most}@example.org"' in refused.content.decode()
    assert Subscriber.objects.count() == most + 2


def test_one_address_is_tried_only_a_few_times_a_day_and_the_answer_does_not_tell(visitor):
    browser = visitor()
    with time_machine.travel("2026-03-01 01:00+00:00", tick=False) as clock:
        answers = []
        for _ in range(10):
            response = browser.subscribe(**typed())
            answers.append((response.status_code, response.url))
            clock.shift(timedelta(hours=2))

    assert answers == [(303, browser.address("thanks"))] * 10
    assert len(mail.outbox) == LIMITS["address"][0]


def test_what_is_counted_holds_no_address(visitor):
    visitor().subscribe(**typed())
    keys = list(Count.objects.values_list("key", flat=True))
    assert [re.fullmatch("[0-9a-f]{64}", key) is not None for key in keys] == [True, True]


def test_a_limit_that_cannot_be_counted_closes_nothing(visitor):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE entrance_count RENAME TO entrance_gone")
    assert visitor().subscribe(**typed()).status_code == 303


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("8.8.8.8", "8.8.8.0/24"),
        ("::ffff:8.8.8.8", "8.8.8.0/24"),
        ("2001:4860:4860:1:2:3:4:8888", "2001:4860:4860::/48"),
    ],
)
def test_neighbours_are_one_network(address, network):
    assert network_of(parse(address)) == network


def hash_after(browser, **extra):
    Subscriber.objects.all().delete()
    browser.post(browser.address("subscribe"), typed(), headers={"Origin": OURS}, **extra)
    return Subscriber.objects.get().ip_hash


def test_only_our_own_proxy_is_believed(visitor, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    browser = visitor()
    direct = hash_after(browser, REMOTE_ADDR="8.8.8.8")
    assert hash_after(browser, REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR="1.1.1.1, 8.8.8.8, 10.0.0.1") == direct
    assert hash_after(browser, REMOTE_ADDR="8.8.8.8", HTTP_X_FORWARDED_FOR="1.1.1.1") == direct
    assert hash_after(browser, REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR="8.8.8.8, nonsense") != direct
    assert hash_after(browser, REMOTE_ADDR="") == ""


def test_two_sign_ups_at_the_same_moment_are_both_answered(visitor, consent):
    """The other one's row appears after we have looked and before we write."""
    browser = visitor()
    beaten = []

    def be_quicker(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("SELECT") and 'FROM "newsletter_subscriber"' in sql and not beaten:
            beaten.append(True)
            make_subscriber(email="READER@example.org", state="pending", confirmed_at=None, consent=consent)
        return result

    with connection.execute_wrapper(be_quicker):
        response = browser.subscribe(**typed(language="pt"))

    assert (beaten, response.status_code) == ([True], 303)
    assert [(row.email, row.language) for row in Subscriber.objects.all()] == [("READER@example.org", "pt")]
    assert len(mail.outbox) == 1
