from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override

from newsletter.models import Subscriber
from publishing.public_page import CACHE_CONTROL
from tests.factories import (
    make_consent_text,
    make_network,
    make_page,
    make_subscriber,
    make_theme,
)
from tests.newsletter.conftest import links_in, subjects, typed

LANGUAGES = [code for code, name in settings.LANGUAGES]
CONFIRM = "Please confirm your subscription"
WELCOME = "Welcome to the newsletter"
ALREADY = "You already receive our newsletter"


def is_public_to_all(response):
    return not response.cookies and "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_joins_and_leaves_in_their_language(visitor, language):
    network, theme = make_network(), make_theme()
    browser = visitor(language)
    form_page = browser.get(browser.address("signup"))
    sent = browser.subscribe(**typed(language=language, frequency="monthly", networks=[network.pk], themes=[theme.pk]))

    assert form_page.context["form"]["language"].value() == language
    assert (sent.status_code, sent.url) == (303, browser.address("thanks"))
    subscriber = Subscriber.objects.get()
    assert (subscriber.state, subscriber.language, subscriber.frequency) == ("pending", language, "monthly")
    assert (list(subscriber.networks.all()), list(subscriber.themes.all())) == ([network], [theme])

    (letter,) = mail.outbox
    with override(language):
        assert letter.subject == gettext(CONFIRM)
    (link,) = links_in(letter)
    assert link == browser.address("confirm", token=subscriber.confirmation_token)
    page = browser.get(link)
    assert (page.status_code, page.context["LANGUAGE_CODE"]) == (200, language)
    subscriber.refresh_from_db()
    assert (subscriber.state, len(mail.outbox)) == ("pending", 1)

    confirmed = browser.post(link)
    assert (confirmed.status_code, confirmed.url) == (303, browser.address("confirmed"))
    subscriber.refresh_from_db()
    assert (subscriber.state, subscriber.confirmed_at is not None) == ("confirmed", True)
    welcome = mail.outbox[1]
    with override(language):
        assert welcome.subject == gettext(WELCOME)
    own_page, leave, home = links_in(welcome)
    assert own_page == browser.address("preferences", token=subscriber.preferences_token)
    assert (leave, home) == (browser.address("leave", token=subscriber.leaving_token), f"/{language}/")

    leaving = browser.get(leave)
    subscriber.refresh_from_db()
    assert (leaving.status_code, subscriber.state) == (200, "confirmed")
    left = browser.post(leave)
    with override(language):
        assert f"<h1>{escape(gettext('You have left the list'))}</h1>" in left.content.decode()
    assert (left.status_code, browser.get(leave).url) == (200, browser.address("goodbye"))
    subscriber.refresh_from_db()
    assert (subscriber.state, len(mail.outbox)) == ("left", 2)

    ends = [browser.get(browser.address(name)) for name in ("thanks", "confirmed", "goodbye")]
    assert [end.status_code for end in ends] == [200, 200, 200]
    assert [end.headers["X-Robots-Tag"] for end in ends] == ["noindex"] * 3
    answers = [form_page, sent, page, confirmed, leaving, left, *ends]
    assert [is_public_to_all(answer) for answer in answers] == [True] * len(answers)


def test_the_proof_of_consent_is_stored(visitor):
    with time_machine.travel("2026-03-01 12:00+00:00", tick=False):
        headers = {"Origin": "http://testserver", "Referer": "http://testserver/es/?q=secreto"}
        visitor("es").subscribe(headers=headers, **typed())
        subscriber = Subscriber.objects.get()

    assert subscriber.signed_up_at.isoformat() == "2026-03-01T12:00:00+00:00"
    assert (subscriber.consent.version, subscriber.consent_language) == ("newsletter_consent_1", "es")
    assert subscriber.source_path == "/es/"
    assert len(subscriber.ip_hash) == 64


def test_a_consent_in_another_language_is_recorded_and_marked_as_such(visitor):
    browser = visitor("fr")
    html = browser.get(browser.address("signup")).content.decode()
    browser.subscribe(**typed())

    assert '<span lang="en">I want to get the letter.</span>' in html
    assert Subscriber.objects.get().consent_language == "en"


def test_whoever_agreed_to_an_older_text_is_asked_again(visitor):
    make_consent_text(version="newsletter_consent_2", text_en="I want to get the letter and the news.")
    browser = visitor()
    response = browser.subscribe(**typed())

    assert (response.status_code, Subscriber.objects.count()) == (422, 0)
    assert response.context["form"].errors["consent"] == [
        "This text has changed meanwhile. Please read it and tick the box again."
    ]
    assert 'value="newsletter_consent_2"' in response.content.decode()
    assert browser.subscribe(**typed(consent="newsletter_consent_2")).status_code == 303


@pytest.mark.parametrize("state", ["unknown", "pending", "confirmed", "left"])
def test_the_answer_is_the_same_whether_or_not_the_address_is_known(visitor, consent, state):
    if state != "unknown":
        moment = timezone.now() if state == "confirmed" else None
        make_subscriber(email="reader@example.org", state=state, confirmed_at=moment, consent=consent)
    browser = visitor()
    response = browser.subscribe(**typed(email="Reader@Example.ORG"))

    assert (response.status_code, response.url, response.content) == (303, browser.address("thanks"), b"")
    assert subjects() == [ALREADY if state == "confirmed" else CONFIRM]
    assert Subscriber.objects.count() == 1


def test_a_confirmed_subscription_is_not_changed_by_a_form(visitor, consent):
    make_subscriber(email="reader@example.org", language="ca", consent=consent)
    visitor().subscribe(**typed(language="pt", frequency="monthly", networks=[make_network().pk]))

    subscriber = Subscriber.objects.get()
    assert (subscriber.state, subscriber.language, subscriber.frequency) == ("confirmed", "ca", "each_issue")
    assert subscriber.networks.count() == 0


def test_letters_to_one_address_keep_their_distance(visitor):
    browser = visitor()
    sent = []
    with time_machine.travel("2026-03-01 08:00+00:00", tick=False) as clock:
        for _ in range(4):
            browser.subscribe(**typed())
            sent.append(len(mail.outbox))
            clock.shift(timedelta(minutes=25))
        browser.post(links_in(mail.outbox[0])[0])
        cache.clear()
        for _ in range(3):
            browser.subscribe(**typed())
            sent.append(len(mail.outbox))
            clock.shift(timedelta(hours=13))

    assert sent == [1, 1, 1, 2, 4, 4, 5]
    assert subjects() == [CONFIRM, CONFIRM, WELCOME, ALREADY, ALREADY]


def test_the_newest_choices_of_a_sign_up_count(visitor):
    first, second = make_network(), make_network()
    browser = visitor()
    browser.subscribe(**typed(networks=[first.pk]))
    browser.subscribe(**typed(language="pt", networks=[second.pk]))

    subscriber = Subscriber.objects.get()
    assert (subscriber.language, list(subscriber.networks.all())) == ("pt", [second])


def test_a_reader_who_left_has_to_confirm_anew_with_a_new_link(visitor):
    browser = visitor()
    browser.subscribe(**typed())
    (old,) = links_in(mail.outbox[0])
    browser.post(old)
    browser.post(links_in(mail.outbox[1])[1])

    assert browser.post(old).status_code == 404
    browser.subscribe(**typed())
    assert Subscriber.objects.get().state == "pending"
    assert browser.post(old).status_code == 404
    assert browser.post(links_in(mail.outbox[2])[0]).status_code == 303
    assert Subscriber.objects.get().state == "confirmed"


@pytest.mark.parametrize("count", [1, 10])
def test_the_form_needs_the_same_queries_for_any_number(client, consent, django_assert_num_queries, count):
    for _ in range(count):
        make_network()
        make_theme()
    make_page(key="privacy", title_en="Privacy")
    # Consent, networks, themes, privacy; of the frame: site, menu, agenda coming and past (and whether the board
    # leaves something out, where it is empty), networks, social links.
    with django_assert_num_queries(11):
        response = client.get("/en/newsletter/")

    assert [len(list(response.context["form"][name])) for name in ("networks", "themes")] == [count, count]
    assert is_public_to_all(response)
    assert response.headers["Cache-Control"] == CACHE_CONTROL
    assert '<a href="/en/privacy/">Privacy</a>' in response.content.decode()


def test_networks_and_themes_stand_in_the_language_of_the_page(client, consent):
    make_network(name_en="Italian network", name_es="Red italiana")
    make_network(name_en=None, name_pt="Rede & brasileira", source_language="pt")
    make_network(name_en="Secret network", state="draft")
    with override("es"):
        html = client.get(reverse("newsletter:signup")).content.decode()

    assert "Red italiana" in html
    assert '<span lang="pt">Rede &amp; brasileira</span>' in html
    assert "Secret network" not in html


def test_without_a_consent_text_nobody_can_subscribe(client, db):
    assert client.get("/en/newsletter/").status_code == 200
    response = client.post("/en/newsletter/subscribe/", typed(), headers={"Origin": "http://testserver"})
    assert (response.status_code, Subscriber.objects.count()) == (503, 0)


def test_the_address_of_the_form_leads_a_reader_to_the_form(client, consent):
    response = client.get("/en/newsletter/subscribe/")
    assert (response.status_code, response.url) == (302, "/en/newsletter/")
    assert client.put("/en/newsletter/subscribe/").status_code == 405
    assert client.post("/en/newsletter/").status_code == 405


def test_nothing_asks_for_a_csrf_token(consent):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/en/newsletter/subscribe/", typed(), headers={"Origin": "http://testserver"})
    subscriber = Subscriber.objects.get()
    confirmed = strict.post(f"/en/newsletter/confirm/{subscriber.confirmation_token}/", headers={"Origin": "null"})
    assert (response.status_code, confirmed.status_code) == (303, 303)
