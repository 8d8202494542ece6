"""Everything pressed and told at the same moment, by threads of their own: on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.utils import timezone

from newsletter.bounces import Report, take
from newsletter.models import Bounce, Subscriber, Suppressed
from tests.factories import make_subscriber
from tests.newsletter.letters import make_delivery, state_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What each of the acts answers, all begun at the same moment."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(timeout=20)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def post(address, data=None):
    return lambda: Client(raise_request_exception=False).post(address, data or {}).status_code


def make_reader(**overrides):
    return make_subscriber(signed_up_at=timezone.now() - timedelta(days=2), **overrides)


def test_one_report_told_eight_times_counts_once():
    delivery = make_delivery(make_reader())
    answers = at_once(*[lambda: take(Report("soft", delivery.pk))] * 8)

    delivery.subscriber.refresh_from_db()
    assert (sum(answer is not None for answer in answers), Bounce.objects.count()) == (1, 1)
    assert delivery.subscriber.soft_bounces == 1


def test_five_letters_that_come_back_at_once_are_five():
    reader = make_reader()
    numbers = [make_delivery(reader).pk for _ in range(5)]
    at_once(*[lambda number=number: take(Report("soft", number)) for number in numbers])

    reader.refresh_from_db()
    assert (reader.soft_bounces, reader.state) == (5, "bounced")


def test_a_complaint_and_a_bounce_at_once_leave_the_reader_off_the_list():
    delivery = make_delivery(make_reader())
    at_once(*[lambda kind=kind: take(Report(kind, delivery.pk)) for kind in ("hard", "complaint", "soft")] * 2)

    assert (state_of(delivery.subscriber), Bounce.objects.count(), Suppressed.objects.count()) == ("left", 3, 1)


def test_eight_presses_confirm_once_and_welcome_once():
    reader = make_subscriber(state="pending", confirmed_at=None)
    answers = at_once(*[post(f"/en/newsletter/confirm/{reader.confirmation_token}/")] * 8)
    assert (answers, state_of(reader), len(mail.outbox)) == ([303] * 8, "confirmed", 1)


def test_eight_presses_erase_once():
    reader = make_reader()
    answers = at_once(*[post(f"/en/newsletter/preferences/{reader.preferences_token}/erase/")] * 8)
    assert (answers, Subscriber.objects.count(), Suppressed.objects.count()) == ([303] * 8, 0, 1)


def test_all_buttons_of_a_reader_pressed_at_once_are_all_answered():
    reader = make_reader()
    page = f"/en/newsletter/preferences/{reader.preferences_token}/"
    leave = f"/en/newsletter/leave/{reader.leaving_token}/"
    change = {"language": "fr", "frequency": "monthly"}
    acts = [post(leave), post(page, change), post(f"{page}new-links/"), post(f"{page}erase/")]

    answers = at_once(*acts, *acts)

    assert [answer for answer in answers if answer not in (200, 303, 404)] == []
    assert answers[0] == answers[4] == 200
