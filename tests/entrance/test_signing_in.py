"""Wrong passwords, from where they come, and what stands in the way of guessing."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from entrance.limits import is_within
from entrance.models import Count, TrailEntry
from entrance.retention import forget_what_is_over
from tests.entrance.conftest import PASSWORD, Person
from tests.factories import make_editor

RIGHT, WRONG, LOCKED = 302, 200, 429


def tries(person, count, **headers):
    return [person.sign_in("wrong", **headers).status_code for _ in range(count)]


def test_five_wrong_passwords_lock_even_the_right_one_out_for_half_an_hour(ana):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert tries(ana, 5) == [WRONG] * 4 + [LOCKED]
        locked = ana.sign_in()
        assert (locked.status_code, locked.headers["Retry-After"], locked.headers["Cache-Control"]) == (
            LOCKED,
            "1800",
            "no-store",
        )
        assert "You can try again in 30 minutes." in locked.content.decode()
        clock.shift(timedelta(minutes=31))
        assert ana.sign_in().status_code == RIGHT


def test_who_comes_in_begins_to_count_anew(ana):
    tries(ana, 4)
    assert ana.sign_in().status_code == RIGHT
    ana.at("/admin/logout/", x="")
    assert tries(ana, 4) == [WRONG] * 4


def test_a_colleague_and_another_address_are_not_locked_out(ana):
    ben = Person(make_editor(username="ben", password=PASSWORD))
    tries(ana, 5)

    assert ben.sign_in().status_code == RIGHT
    assert ana.sign_in(REMOTE_ADDR="198.51.100.7").status_code == RIGHT


def test_a_written_address_is_not_believed_without_a_proxy_of_ours(ana):
    for number in range(5):
        status = ana.sign_in("wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}").status_code
    assert status == LOCKED


@pytest.mark.parametrize("written", ["", "203.0.113.{}, ", "127.0.0.1, 203.0.113.{}, ", "nonsense{}, "])
def test_behind_a_proxy_of_ours_only_what_it_adds_counts(ana, settings, written):
    settings.TRUSTED_PROXIES = ["127.0.0.0/8", "10.0.0.2"]

    def come_from(address, password, number):
        chain = f"{written.format(number)}{address}, 10.0.0.2"
        return ana.sign_in(password, HTTP_X_FORWARDED_FOR=chain).status_code

    assert [come_from("198.51.100.1", "wrong", n) for n in range(5)][-1] == LOCKED
    assert come_from("198.51.100.1", PASSWORD, 9) == LOCKED
    assert come_from("198.51.100.2", PASSWORD, 9) == RIGHT


def test_a_name_is_tried_a_hundred_times_an_hour_from_the_whole_world(ana):
    with time_machine.travel("2026-11-30T10:01:00Z", tick=False):
        for number in range(100):
            is_within("sign-in", "ana", most=100, seconds=3600)
            assert number < 100
        assert ana.sign_in(REMOTE_ADDR="198.51.100.9").status_code == LOCKED
    with time_machine.travel("2026-11-30T11:01:00Z", tick=False):
        assert ana.sign_in(REMOTE_ADDR="198.51.100.9").status_code == RIGHT


def test_a_network_tries_sixty_names_in_ten_minutes(db):
    with time_machine.travel("2026-11-30T10:01:00Z", tick=False):
        statuses = [
            Client()
            .post("/admin/login/", {"username": f"name{number}", "password": "x"}, REMOTE_ADDR=f"198.51.100.{number}")
            .status_code
            for number in range(61)
        ]
    assert statuses == [WRONG] * 60 + [LOCKED]


def test_a_right_and_a_wrong_name_look_the_same(ana):
    def said(name):
        page = Client().post("/admin/login/", {"username": name, "password": "wrong"})
        return page.status_code, page.context["form"].errors.as_text()

    assert said("ana") == said("nobody")


def test_no_name_no_address_and_no_password_gets_into_the_log(ana, caplog):
    with caplog.at_level(logging.DEBUG):
        tries(ana, 6, REMOTE_ADDR="198.51.100.7")
        Client().post("/admin/login/", {"username": "my-secret-password", "password": "wrong"})

    said = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert {word: word in said for word in ("ana", "198.51.100", "my-secret", "wrong")} == dict.fromkeys(
        ("ana", "198.51.100", "my-secret", "wrong"), False
    )


def test_the_counts_tell_nothing_and_go_when_they_are_over(ana):
    with time_machine.travel("2026-11-30T10:01:00Z", tick=False):
        ana.sign_in("wrong")
        keys = list(Count.objects.values_list("key", flat=True))
        assert [len(key) for key in keys] == [64, 64]
        forget_what_is_over()
        assert Count.objects.count() == 2
    with time_machine.travel("2026-11-30T11:01:00Z", tick=False):
        forget_what_is_over()
        assert Count.objects.count() == 0


def test_the_trail_has_what_happened_in_order(ana):
    tries(ana, 5, REMOTE_ADDR="198.51.100.7")
    Client().post("/admin/login/", {"username": "a password by mistake", "password": "x"})
    ana.sign_in()

    lines = [(one.act, one.actor, one.network) for one in TrailEntry.objects.order_by("pk")][1:]
    failed = ("failed", "ana", "198.51.100.0/24")
    assert lines == [failed] * 4 + [
        ("locked", "ana", "198.51.100.0/24"),
        ("failed", "", "127.0.0.0/24"),
        ("signed-in", "ana", "127.0.0.0/24"),
    ]
