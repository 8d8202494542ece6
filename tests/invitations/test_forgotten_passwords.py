"""A forgotten password: the same answer for everybody, a link that works once and for some hours."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from desk.models import LettersToStaff

pytestmark = pytest.mark.django_db
FORGOTTEN = reverse("admin_password_reset")
PASSWORD = "a long walk by the river"
TYPED = {"new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture(autouse=True)
def marta(time_machine):
    time_machine.move_to("2026-03-10T09:00:00Z", tick=False)
    cache.clear()
    user = User.objects.create_user("marta", "marta@example.org", "forgotten", is_staff=True)
    LettersToStaff.objects.create(user=user, language="ca")
    return user


def ask(email="Marta@Example.org", address="8.8.8.8"):
    return Client().post(FORGOTTEN, {"email": email}, REMOTE_ADDR=address)


def link(letter=None):
    return re.search(r"http://testserver(/admin/new-password/\S+)", (letter or mail.outbox[-1]).body)[1]


def test_the_login_page_leads_to_it():
    assert f'<a href="{FORGOTTEN}">' in Client().get(reverse("admin:login")).content.decode()


def test_a_new_password_is_set_by_the_link_in_the_letter(marta):
    signed_in = Client()
    signed_in.force_login(marta)
    ask()
    assert [(letter.to, letter.extra_headers["Content-Language"]) for letter in mail.outbox] == [
        (["marta@example.org"], "ca")
    ]
    page = Client().get(link())
    assert [page.headers[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")] == [
        "no-store",
        "noindex",
        "same-origin",
    ]
    assert Client().post(link(), TYPED).headers["Location"] == reverse("admin:login")
    assert Client().login(username="marta", password=PASSWORD)
    # Whoever was logged in with the old one is not any more.
    assert signed_in.get(reverse("admin:index")).status_code == 302


def test_the_answer_tells_nothing_about_who_has_an_account():
    User.objects.create_user("gone", "gone@example.org", "x", is_staff=True, is_active=False)
    User.objects.create_user("reader", "reader@example.org", "x")
    answers = [
        ask(email) for email in ("marta@example.org", "nobody@example.org", "gone@example.org", "reader@example.org")
    ]
    assert len({(answer.status_code, without_token(answer)) for answer in answers}) == 1
    assert [letter.to for letter in mail.outbox] == [["marta@example.org"]]


def without_token(response):
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", response.content.decode())


def test_a_link_works_once():
    ask()
    assert [Client().post(link(), TYPED).status_code for _ in range(2)] == [302, 410]
    assert Client().get(link()).status_code == 410


def test_a_link_expires_after_four_hours(time_machine):
    ask()
    time_machine.shift(timedelta(hours=4))
    assert Client().get(link()).status_code == 200
    time_machine.shift(timedelta(seconds=1))
    assert [Client().get(link()).status_code, Client().post(link(), TYPED).status_code] == [410, 410]


def test_a_link_ends_with_the_account(marta):
    ask()
    User.objects.filter(pk=marta.pk).update(is_active=False)
    assert Client().get(link()).status_code == 410


@pytest.mark.parametrize("key", ["MQ", "x", "----", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "LTE"])
def test_a_guessed_link_is_answered_like_one_that_has_ended(key):
    assert Client().get(reverse("admin:new_password", args=[key, "abc-def"])).status_code == 410


def test_one_address_gets_three_letters_an_hour_and_everybody_the_same_answer(time_machine):
    assert len({without_token(ask(address=f"8.8.{number}.8")) for number in range(5)}) == 1
    assert len(mail.outbox) == 3
    time_machine.shift(timedelta(hours=1))
    ask()
    assert len(mail.outbox) == 4


def test_one_network_may_ask_twenty_times_an_hour():
    for number in range(21):
        User.objects.create_user(f"user{number}", f"user{number}@example.org", "x", is_staff=True)
        ask(f"user{number}@example.org", address=f"8.8.8.{number}")
    assert len(mail.outbox) == 20


def test_a_form_without_its_token_does_nothing():
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.post(FORGOTTEN, {"email": "marta@example.org"}).status_code == 403
    assert mail.outbox == []
