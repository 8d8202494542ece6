from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from newsletter.bounces import Report, forget_soft_bounces_of_who_is_reached, take
from newsletter.models import Bounce, Subscriber, Suppressed
from newsletter.suppression import digest_of, is_suppressed
from tests.factories import make_subscriber
from tests.newsletter.conftest import links_in, typed
from tests.newsletter.letters import make_delivery, state_of

pytestmark = pytest.mark.django_db
HARD, SOFT, COMPLAINT = Bounce.Kind.HARD, Bounce.Kind.SOFT, Bounce.Kind.COMPLAINT


def make_reader(**overrides):
    return make_subscriber(signed_up_at=timezone.now() - timedelta(days=400), **overrides)


def report(delivery, kind, **overrides):
    return Report(kind, delivery.pk, **overrides)


def soft_bounces(reader):
    reader.refresh_from_db()
    return reader.soft_bounces


def test_a_hard_bounce_stops_the_letters_at_once_and_keeps_the_address_out():
    delivery = make_delivery(make_reader(email="anna@example.org"))

    bounce = take(report(delivery, HARD, status="5.1.1", text="550 5.1.1 <anna@example.org>: User\r\nunknown"))

    reader = delivery.subscriber
    assert (bounce.subscriber, bounce.issue, bounce.kind, bounce.status) == (reader, delivery.issue, "hard", "5.1.1")
    assert bounce.report == "550 5.1.1 <…>: User unknown"
    assert state_of(reader) == "bounced"
    kept = [(row.digest, row.reason) for row in Suppressed.objects.all()]
    assert kept == [(digest_of("anna@example.org"), "bounced")]


@pytest.mark.parametrize("kind", [HARD, SOFT, COMPLAINT])
def test_what_is_told_again_changes_nothing(kind):
    delivery = make_delivery(make_reader())
    assert take(report(delivery, kind)) is not None
    before = Subscriber.objects.values().get()

    assert [take(report(delivery, kind, text="again", at=timezone.now())) for _ in range(5)] == [None] * 5

    assert (Subscriber.objects.values().get(), Bounce.objects.count()) == (before, 1)


def test_the_fifth_soft_bounce_in_a_row_stops_the_letters():
    reader = make_reader()
    states = []
    for _ in range(5):
        take(report(make_delivery(reader), SOFT, status="4.2.2"))
        states.append((soft_bounces(reader), state_of(reader)))

    assert states == [(1, "confirmed"), (2, "confirmed"), (3, "confirmed"), (4, "confirmed"), (5, "bounced")]
    # The address may work again one day, so it is not kept out of imports.
    assert is_suppressed(reader.email) is False


def test_two_ways_that_tell_of_one_letter_count_once():
    delivery = make_delivery(make_reader())
    take(report(delivery, SOFT))
    take(report(delivery, SOFT, name="a provider's own number"))

    assert (soft_bounces(delivery.subscriber), Bounce.objects.count()) == (1, 2)


def test_a_letter_that_arrives_ends_the_row():
    reader = make_reader()
    with time_machine.travel("2026-03-01 08:00+00:00", tick=False) as clock:
        for _ in range(4):
            take(report(make_delivery(reader), SOFT))
            clock.shift(timedelta(days=30))
        make_delivery(reader)
        clock.shift(timedelta(days=6))
        ended = [forget_soft_bounces_of_who_is_reached()]
        clock.shift(timedelta(days=1))
        ended += [forget_soft_bounces_of_who_is_reached(), forget_soft_bounces_of_who_is_reached()]
        after = soft_bounces(reader)
        take(report(make_delivery(reader), SOFT))

    assert (ended, after, soft_bounces(reader), state_of(reader)) == ([0, 1, 0], 0, 1, "confirmed")


@pytest.mark.parametrize("state", ["queued", "uncertain", "refused", "dropped"])
def test_a_letter_that_was_not_sent_did_not_arrive(state):
    reader = make_reader()
    long_ago = timezone.now() - timedelta(days=30)
    take(report(make_delivery(reader, at=long_ago), SOFT, at=long_ago))
    make_delivery(reader, at=long_ago, state=state)

    assert (forget_soft_bounces_of_who_is_reached(), soft_bounces(reader)) == (0, 1)


def test_an_earlier_letter_that_arrived_ends_no_row():
    reader = make_reader()
    long_ago = timezone.now() - timedelta(days=30)
    make_delivery(reader, at=long_ago)
    take(report(make_delivery(reader, at=long_ago + timedelta(days=1)), SOFT))

    assert (forget_soft_bounces_of_who_is_reached(), soft_bounces(reader)) == (0, 1)


def test_a_provider_that_does_not_say_which_letter_is_believed_by_the_moment():
    reader = make_reader()
    now = timezone.now()
    make_delivery(reader, at=now - timedelta(days=20))
    take(Report(SOFT, email=reader.email.upper(), at=now - timedelta(days=10), name="1"))
    assert (forget_soft_bounces_of_who_is_reached(), soft_bounces(reader)) == (0, 1)
    make_delivery(reader, at=now - timedelta(days=9))
    assert (forget_soft_bounces_of_who_is_reached(), soft_bounces(reader)) == (1, 0)


@pytest.mark.parametrize("state", ["confirmed", "bounced"])
def test_a_complaint_takes_the_reader_off_the_list(state):
    delivery = make_delivery(make_reader(email="anna@example.org", state=state))

    take(report(delivery, COMPLAINT))

    delivery.subscriber.refresh_from_db()
    assert (delivery.subscriber.state, delivery.subscriber.left_at is not None) == ("left", True)
    assert [row.reason for row in Suppressed.objects.all()] == ["complaint"]


def test_a_complaint_about_the_confirmation_forgets_the_address():
    reader = make_subscriber(state="pending", confirmed_at=None)
    take(Report(COMPLAINT, email=reader.email, name="1"))

    assert (Subscriber.objects.count(), is_suppressed(reader.email)) == (0, True)


@pytest.mark.parametrize("kind", [HARD, SOFT])
def test_a_confirmation_that_came_back_leaves_the_sign_up_to_its_seven_days(kind):
    reader = make_subscriber(state="pending", confirmed_at=None)
    bounce = take(Report(kind, email=reader.email, name="1"))

    assert (bounce.subscriber, state_of(reader), soft_bounces(reader)) == (reader, "pending", 0)
    assert is_suppressed(reader.email) is False


@pytest.mark.parametrize("kind", [HARD, COMPLAINT, SOFT])
def test_a_report_from_before_the_present_sign_up_is_kept_and_changes_nothing(kind):
    delivery = make_delivery(make_reader(), at=timezone.now() - timedelta(days=3))
    reader = delivery.subscriber
    reader.leave()
    reader.refresh_from_db()
    reader.sign_up_again(signed_up_at=timezone.now(), consent=reader.consent)
    reader.confirm()

    assert take(report(delivery, kind)) is not None
    assert take(Report(kind, email=reader.email, at=timezone.now() - timedelta(days=2), name="1")) is not None

    assert (state_of(reader), soft_bounces(reader), is_suppressed(reader.email)) == ("confirmed", 0, False)


def test_a_report_about_nobody_is_forgotten():
    delivery = make_delivery(make_reader())
    reader = delivery.subscriber
    erased = make_delivery(make_reader())
    Subscriber.objects.filter(pk=erased.subscriber_id).delete()

    answers = [
        take(report(erased, HARD)),
        take(Report(HARD, erased.pk, email=reader.email, name="1")),
        take(Report(HARD, 987654321)),
        take(Report(HARD, email="stranger@example.org", name="2")),
        take(Report(HARD)),
    ]

    assert (answers, Bounce.objects.count(), state_of(reader)) == ([None] * 5, 0, "confirmed")


def test_a_reader_who_could_not_be_reached_comes_back_by_signing_up(visitor, consent):
    delivery = make_delivery(make_reader(email="reader@example.org", consent=consent))
    take(report(delivery, HARD))
    browser = visitor()
    browser.subscribe(**typed())
    assert (state_of(delivery.subscriber), is_suppressed("reader@example.org")) == ("pending", True)

    browser.post(links_in(mail.outbox[0])[0])

    assert (state_of(delivery.subscriber), is_suppressed("reader@example.org")) == ("confirmed", False)
    assert take(report(delivery, HARD)) is None
    assert state_of(delivery.subscriber) == "confirmed"


def test_looking_for_who_is_reached_needs_two_queries_for_any_number(django_assert_num_queries):
    long_ago = timezone.now() - timedelta(days=30)
    for _ in range(10):
        reader = make_reader()
        take(report(make_delivery(reader, at=long_ago), SOFT))
        make_delivery(reader, at=long_ago)

    with django_assert_num_queries(2):
        assert forget_soft_bounces_of_who_is_reached() == 10
