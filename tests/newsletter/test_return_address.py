import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.return_address import delivery_of, envelope_sender, message_id

BIG = 2**63 - 1


@pytest.fixture(autouse=True)
def bounce_address(settings):
    settings.BOUNCE_ADDRESS = "bounces@letters.example.org"


@pytest.mark.parametrize("number", [1, 42, BIG])
def test_both_marks_lead_back_to_their_delivery(number):
    sender, name = envelope_sender(number), message_id(number)

    assert re.fullmatch(rf"bounces\+{number}-[0-9a-f]{{16}}@letters\.example\.org", sender)
    assert re.fullmatch(rf"<d{number}\.[0-9a-f]{{16}}@letters\.example\.org>", name)
    assert (delivery_of(sender), delivery_of(name)) == (number, number)
    # The longest part before the @ that RFC 5321 allows.
    assert len(sender.partition("@")[0]) <= 64


def test_marks_are_found_in_longer_texts_and_whatever_their_case():
    assert delivery_of(f"Return-Path: <{envelope_sender(7).upper()}>\n") == 7
    assert delivery_of(f"References: <other@example.org> {message_id(8)}") == 8
    assert delivery_of(f"{message_id(8).replace('d8', 'd9')} {message_id(10)}") == 10


def test_what_is_forged_is_refused():
    sign = message_id(7)[4:20]
    forged = [
        "",
        "<d7@letters.example.org>",
        message_id(7).replace("d7", "d8"),
        envelope_sender(7).replace("+7-", "+8-"),
        f"<d7.{'0' * 16}@letters.example.org>",
        f"<d07.{sign}@letters.example.org>",
        f"<d٧.{sign}@letters.example.org>",
        f"<d7.{sign}0@letters.example.org>",
        f"<add7.{sign}@letters.example.org>",
        f"<d{10**30}.{sign}@letters.example.org>",
    ]
    assert [delivery_of(text) for text in forged] == [None] * len(forged)


def test_the_marks_of_another_site_are_not_ours(settings):
    theirs = message_id(7), envelope_sender(7)
    settings.SECRET_KEY = "another"
    assert [delivery_of(text) for text in theirs] == [None, None]
    # Unless its key was ours before.
    settings.SECRET_KEY_FALLBACKS = ["only-for-tests"]
    assert [delivery_of(text) for text in theirs] == [7, 7]


def test_without_an_address_for_bounces_letters_come_from_their_sender(settings):
    settings.BOUNCE_ADDRESS = ""
    settings.DEFAULT_FROM_EMAIL = "The letter <letter@example.org>"
    settings.SITE_URL = "https://www.edcities.example:8443"
    assert envelope_sender(7) == "letter@example.org"
    assert message_id(7).endswith("@www.edcities.example>")
    settings.SITE_URL = "http://[::1]:8000"
    assert message_id(7).endswith("@localhost>")


@given(st.text())
def test_no_text_is_taken_for_ours_by_chance(text):
    assert delivery_of(text) is None
