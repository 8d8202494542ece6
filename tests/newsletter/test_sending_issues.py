"""The turns in which an issue is sent: paused, taken over from the dead, scheduled, decided on, from the console."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from newsletter import issue_states, sending_issues
from newsletter.models import Delivery, Issue, Sending
from newsletter.sending_issues import take_a_turn
from newsletter.turns import new_sender, take_turn
from tests import factories
from tests.newsletter.sendings import queue_all, send, started, states

State = Delivery.State


def test_a_paused_issue_sends_nothing_until_it_goes_on(sink, make_readers):
    make_readers("a")
    issue = started()
    assert issue_states.pause(issue)

    send(issue)
    assert (sink.letters, issue.state) == ([], Issue.State.PAUSED)

    assert sending_issues.resume(issue)
    send(issue)
    assert states(issue) == {"a": State.SENT}


def test_a_pause_takes_effect_in_the_middle(sink, make_readers, settings):
    make_readers(*(f"r{number}" for number in range(4)))
    issue = started()
    settings.NEWSLETTER_PER_SECOND = 1

    def pause_at_the_first(letters=sink.letters):
        if letters:
            issue_states.pause(issue)

    take_a_turn(issue.pk, 60, tell=pause_at_the_first)

    assert Counter(states(issue).values()) == {State.SENT: 1, State.QUEUED: 3}


def test_only_one_process_sends_at_a_time(sink, make_readers):
    make_readers("a")
    issue = started()
    assert take_turn(issue.pk, "another-1-1")

    assert send(issue) == sending_issues.Turn()
    assert sink.letters == []

    Sending.objects.update(sender_until=timezone.now() - timedelta(seconds=1))
    send(issue)
    assert states(issue) == {"a": State.SENT}


def test_what_a_dead_sender_left_is_put_in_order(sink, make_readers):
    make_readers("claimed", "handing", "lost-in-a-power-cut")
    issue = started()
    queue_all(issue)
    dead = re.sub(r"-\d+-", "-999999999-", new_sender())
    Delivery.objects.filter(subscriber__email__startswith="claimed").update(state=State.CLAIMED, sender=dead)
    Delivery.objects.filter(subscriber__email__startswith="handing").update(state=State.HANDING_OVER, sender=dead)
    # The site's SQLite writes for good what was claimed, not what became of it.
    Delivery.objects.filter(subscriber__email__startswith="lost").update(
        state=State.CLAIMED, sender="000000-000000-1-1"
    )
    Sending.objects.update(sender=dead, sender_until=timezone.now() + timedelta(minutes=4))

    send(issue)

    lost = State.UNCERTAIN if connection.vendor == "sqlite" else State.SENT
    assert states(issue) == {"claimed": State.SENT, "handing": State.UNCERTAIN, "lost-in-a-power-cut": lost}


def test_a_sender_that_lost_its_turn_changes_nothing(sink, make_readers):
    make_readers("a", "b")
    issue = started()

    def another_takes_over():
        Delivery.objects.filter(state=State.CLAIMED).update(state=State.QUEUED, sender="")
        Sending.objects.update(sender="other-1-1", sender_until=timezone.now() + timedelta(minutes=4))

    take_a_turn(issue.pk, 60, tell=another_takes_over)

    issue.refresh_from_db()
    assert sink.letters == []
    assert Sending.objects.get(issue=issue).sender == "other-1-1"


def test_a_person_decides_about_uncertain_letters(sink, make_readers, django_capture_on_commit_callbacks):
    make_readers("swallows-1", "mumbles-1")
    issue = started()
    send(issue)
    assert (issue.state, set(states(issue).values())) == (Issue.State.SENT, {State.UNCERTAIN})
    rows = Delivery.objects.filter(issue=issue)

    assert sending_issues.decide(rows.filter(subscriber__email__startswith="mumbles"), send_again=False) == 1
    assert sending_issues.decide(rows.filter(subscriber__email__startswith="swallows"), send_again=True) == 1
    assert sending_issues.decide(rows, send_again=True) == 0

    assert states(issue) == {"swallows-1": State.QUEUED, "mumbles-1": State.SENT}
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENDING


def test_nothing_of_a_cancelled_issue_is_sent_again(sink, make_readers):
    make_readers("swallows-1", "later-1")
    issue = started()
    send(issue)
    assert issue_states.cancel(issue)

    assert sending_issues.decide(Delivery.objects.filter(issue=issue), send_again=True) == 0

    assert states(issue) == {"swallows-1": State.UNCERTAIN, "later-1": State.QUEUED}


def test_two_who_start_at_once_start_one(db):
    issue = factories.make_issue(state=Issue.State.APPROVED)
    other_page = Issue.objects.get(pk=issue.pk)

    assert [issue_states.start(issue), issue_states.start(other_page)] == [True, False]
    assert (issue.number, other_page.number) == (1, 1)


def test_saving_a_form_that_was_opened_earlier_does_not_stop_the_sending(db):
    issue = factories.make_issue(state=Issue.State.APPROVED)
    opened_earlier = Issue.objects.get(pk=issue.pk)
    issue_states.start(issue)

    opened_earlier.subject_en = "Another subject"
    opened_earlier.save()

    issue.refresh_from_db()
    assert (issue.state, issue.number, issue.subject_en) == (Issue.State.SENDING, 1, "Another subject")


def test_a_scheduled_issue_begins_at_its_moment(sink, make_readers, django_capture_on_commit_callbacks):
    make_readers("a")
    due = factories.make_issue(factories.make_post(), state=Issue.State.APPROVED, send_at=timezone.now())
    later = factories.make_issue(state=Issue.State.APPROVED, send_at=timezone.now() + timedelta(hours=1))

    with django_capture_on_commit_callbacks(execute=True):
        sending_issues.wake_up()

    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == (Issue.State.SENT, Issue.State.APPROVED)
    assert states(due) == {"a": State.SENT}


def test_the_console_sends_to_the_end_and_tells_what_became_of_it(sink, make_readers, capsys):
    make_readers("a", "b", "refused-1")
    started()

    call_command("send_newsletter")

    assert capsys.readouterr().out == "Issue 1 (sent): 2 sent, 1 refused.\n"


def test_the_console_says_what_a_person_has_to_mend(sink, make_readers):
    sink.answer_to_sender = "530 5.7.0 Authentication required"
    make_readers("a")
    started()

    with pytest.raises(CommandError) as error:
        call_command("send_newsletter", "1")

    assert str(error.value) == (
        "The mail server refuses: 530 5.7.0 Authentication required. Mend that, then let it go on in the admin."
    )
