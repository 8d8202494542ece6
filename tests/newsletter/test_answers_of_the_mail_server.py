"""An issue on its way through a mail server that behaves well, badly, or not at all."""

import smtplib
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter import dispatch
from newsletter.models import Delivery, Issue
from newsletter.smtp_session import Fate, hand_over
from tests.newsletter.sendings import send, started, states

State = Delivery.State


def test_what_the_mail_server_says_decides(sink, make_readers):
    make_readers("refused-1", "refused-data-1", "later-1", "swallows-1", "mumbles-1", "closing-1", "reader")
    issue = started()

    turn = send(issue)

    assert states(issue) == {
        "refused-1": State.REFUSED,
        "refused-data-1": State.REFUSED,
        "later-1": State.QUEUED,
        "swallows-1": State.UNCERTAIN,
        "mumbles-1": State.UNCERTAIN,
        "closing-1": State.SENT,
        "reader": State.SENT,
    }
    answers = dict(Delivery.objects.exclude(answer="").values_list("subscriber__email", "answer"))
    assert answers["refused-1@example.org"] == "550 5.1.1 … is unknown here"
    assert answers["refused-data-1@example.org"] == "554 5.7.1 We do not want this"
    assert answers["later-1@example.org"] == "450 4.2.0 Greylisted, come back"
    assert issue.state == Issue.State.SENDING
    assert turn.go_on_at == Delivery.objects.filter(state=State.QUEUED).earliest("due_at").due_at


def test_a_connection_that_breaks_before_the_end_of_a_letter_leaves_no_doubt(sink):
    """Before the dot was sent: a letter larger than what the system takes in advance."""
    large = b"Subject: Large\r\n\r\n" + b"A line of the letter.\r\n" * 500_000
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=5) as server:
        server.ehlo()
        answer = hand_over(server, "newsletter@example.org", "cuts-1@example.org", large)

    assert (answer.fate, answer.is_over) == (Fate.LATER, True)


def test_a_connection_that_breaks_in_mid_letter_sends_it_later_or_asks_a_person(sink, make_readers):
    """Small letters are on their way, dot and all, before their sender hears that nobody reads them."""
    make_readers("cuts-1", "reader")
    issue = started()

    send(issue)

    assert states(issue)["cuts-1"] in {State.QUEUED, State.UNCERTAIN}
    assert states(issue)["reader"] == State.SENT


def test_a_letter_that_is_put_off_goes_when_its_time_has_come(sink, make_readers):
    make_readers("later-1")
    issue = started()
    send(issue)
    assert sink.letters == []
    Delivery.objects.update(due_at=timezone.now())

    send(issue)

    assert [recipient for recipient, _message in sink.letters] == ["later-1@example.org"]
    assert issue.state == Issue.State.SENT


def test_a_letter_is_not_put_off_for_ever(sink, make_readers):
    make_readers("always-later-1")
    issue = started()
    send(issue)
    for pause in dispatch.PAUSES:
        delivery = Delivery.objects.get()
        assert delivery.state == State.QUEUED
        assert abs(delivery.due_at - timezone.now() - pause) < timedelta(seconds=30)
        Delivery.objects.update(due_at=timezone.now())
        send(issue)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (State.REFUSED, len(dispatch.PAUSES) + 1)
    assert issue.state == Issue.State.SENT


def test_a_server_that_says_nothing_after_the_letter_leaves_it_uncertain(sink, make_readers, monkeypatch, settings):
    monkeypatch.setattr("newsletter.smtp_session.PATIENCE_AFTER_THE_DOT", 0.2)
    settings.EMAIL_TIMEOUT = 0.2
    sink.stall = 1.0
    make_readers("stalls-1", "reader")
    issue = started()

    send(issue)

    assert states(issue) == {"stalls-1": State.UNCERTAIN, "reader": State.SENT}


@pytest.mark.parametrize("welcome", [True, False])
def test_a_server_that_takes_nothing_for_now_leaves_all_waiting(sink, make_readers, welcome):
    sink.is_welcoming = welcome
    sink.answer_to_sender = "451 4.3.0 Try later"
    make_readers("a", "b")
    issue = started()

    turn = send(issue)

    assert turn.server_is_away
    assert states(issue) == {"a": State.QUEUED, "b": State.QUEUED}
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {0}
    assert issue.trouble == ("451 4.3.0 Try later" if welcome else "421 4.3.2 Not now")
    sink.is_welcoming, sink.answer_to_sender = True, "250 OK"
    send(issue)
    assert states(issue) == {"a": State.SENT, "b": State.SENT}
    assert issue.trouble == ""


def test_no_server_at_all_leaves_all_waiting(make_readers, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    make_readers("a")
    issue = started()

    turn = send(issue)

    assert (turn.server_is_away, states(issue)) == (True, {"a": State.QUEUED})
    assert "refused" in issue.trouble


def test_a_server_that_refuses_the_sender_pauses_the_issue(sink, make_readers):
    sink.answer_to_sender = "550 5.7.1 Sender not allowed"
    make_readers("a", "b")
    issue = started()

    send(issue)

    assert (issue.state, issue.trouble) == (Issue.State.PAUSED, "550 5.7.1 Sender not allowed")
    assert states(issue) == {"a": State.QUEUED, "b": State.QUEUED}


def test_a_server_that_refuses_one_letter_after_the_other_pauses_the_issue(sink, make_readers, monkeypatch):
    monkeypatch.setattr(dispatch, "SUSPICIOUS", 3)
    make_readers(*(f"refused-{number}" for number in range(5)), "reader")
    issue = started()

    send(issue)

    assert issue.state == Issue.State.PAUSED
    assert Counter(states(issue).values()) == {State.REFUSED: 3, State.QUEUED: 3}


def test_a_connection_that_was_closed_in_between_is_opened_again(sink, make_readers):
    make_readers("closing-1", "closing-2", "reader")
    issue = started()

    send(issue)

    assert set(states(issue).values()) == {State.SENT}
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {0}
