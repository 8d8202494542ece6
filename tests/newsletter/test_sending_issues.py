"""An issue on its way through a mail server that behaves well, badly, or not at all."""

import re
import smtplib
from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter import dispatch, issue_states, sending_issues
from newsletter.models import Delivery, Issue, Letter, Sending, Subscriber
from newsletter.queueing import queue
from newsletter.return_address import delivery_of
from newsletter.sending_issues import take_a_turn
from newsletter.smtp_session import Fate, hand_over
from newsletter.turns import end_turn, new_sender, take_turn
from tests import factories
from tests.newsletter.smtp_sink import Sink

State = Delivery.State


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_TIMEOUT = 5
        yield sink


@pytest.fixture
def consent(db):
    return factories.make_consent_text()


@pytest.fixture
def make_readers(consent):
    def make(*addresses, **fields):
        return [
            factories.make_subscriber(email=f"{address}@example.org", consent=consent, **fields)
            for address in addresses
        ]

    return make


def started(*items, **fields):
    """An issue whose sending begins now; nothing was queued yet."""
    issue = factories.make_issue(*(items or [factories.make_post()]), state=Issue.State.APPROVED, **fields)
    assert issue_states.start(issue)
    return issue


def queue_all(issue):
    """A delivery for each reader, and nothing sent yet."""
    assert take_turn(issue.pk, "queues")
    for _number in queue(issue):
        pass
    end_turn(issue.pk, "queues")


def states(issue):
    """{"reader@example.org": "sent", …}"""
    rows = Delivery.objects.filter(issue=issue).values_list("subscriber__email", "state")
    return {address.partition("@")[0]: state for address, state in rows}


def send(issue):
    turn = take_a_turn(issue.pk, seconds=60)
    issue.refresh_from_db()
    return turn


def parsed(message):
    return message_from_bytes(message, policy=policy.default)


def test_every_reader_gets_the_letter_once(sink, make_readers):
    make_readers("a", "b", "c")
    issue = started()

    send(issue)
    send(issue)

    assert Counter(recipient for recipient, _message in sink.letters) == {f"{name}@example.org": 1 for name in "abc"}
    assert states(issue) == dict.fromkeys("abc", State.SENT)
    assert (issue.state, issue.number, issue.sending.sender) == (Issue.State.SENT, 1, "")


def test_only_readers_who_have_confirmed_are_written_to(sink, make_readers):
    for state in set(Subscriber.State) - {Subscriber.State.CONFIRMED}:
        make_readers(f"not-{state}", state=state)
    make_readers("reader")

    issue = started()
    make_readers("late", confirmed_at=timezone.now() + timedelta(seconds=1))
    send(issue)

    assert states(issue) == {"reader": State.SENT}


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (Issue.Audience.EVERYBODY, {"each", "monthly"}),
        (Issue.Audience.EACH_ISSUE, {"each"}),
        (Issue.Audience.MONTHLY, {"monthly"}),
    ],
)
def test_the_audience_decides_who_gets_it(sink, make_readers, audience, who):
    make_readers("each", frequency=Subscriber.Frequency.EACH_ISSUE)
    make_readers("monthly", frequency=Subscriber.Frequency.MONTHLY)

    issue = started(audience=audience)
    send(issue)

    assert set(states(issue)) == who


def test_each_kind_of_reader_gets_a_letter_of_its_own(sink, make_readers):
    delice, turin = factories.make_network(), factories.make_network()
    of_delice, of_all = factories.make_post(title_en="About food"), factories.make_post(title_en="About all")
    of_delice.networks.set([delice])
    [chose_delice, chose_turin, _chose_none, _french] = [
        *make_readers("delice", "turin", "none"),
        *make_readers("french", language="fr"),
    ]
    chose_delice.networks.set([delice])
    chose_turin.networks.set([turin])

    issue = started(of_delice, of_all)
    send(issue)

    told = {
        recipient.partition("@")[0]: ["About food" in text, "About all" in text]
        for recipient, message in sink.letters
        if (text := parsed(message).get_body(("plain",)).get_content())
    }
    assert told == {"delice": [True, True], "turin": [False, True], "none": [True, True], "french": [True, True]}
    assert Letter.objects.filter(issue=issue).count() == 3


def test_whoever_is_concerned_by_nothing_gets_no_letter(sink, make_readers):
    delice, turin = factories.make_network(), factories.make_network()
    post = factories.make_post()
    post.networks.set([delice])
    [reader] = make_readers("turin")
    reader.networks.set([turin])

    issue = started(post)
    send(issue)

    assert (sink.letters, states(issue), issue.state) == ([], {}, Issue.State.SENT)


def test_an_issue_without_parts_goes_to_all(sink, make_readers):
    make_readers("reader")
    issue = factories.make_issue(state=Issue.State.APPROVED, intro_en="<p>We move to another house.</p>")
    issue_states.start(issue)

    send(issue)

    assert states(issue) == {"reader": State.SENT}


@pytest.mark.parametrize("secure", [True, False])
def test_the_letter_has_the_headers_of_its_kind(sink, make_readers, settings, secure):
    settings.SITE_URL = "https://cities.example" if secure else "http://cities.example"
    settings.DEFAULT_FROM_EMAIL = "Ciutats Educadores <newsletter@cities.example>"
    settings.BOUNCE_ADDRESS = "bounces@cities.example"
    [reader] = make_readers("reader", language="ca")
    issue = started(subject_ca="Educació i ciutat: l’any que comença")

    send(issue)

    [(recipient, message)] = sink.letters
    letter = parsed(message)
    delivery = Delivery.objects.get()
    leave = f"{settings.SITE_URL}/ca/butlleti/baixa/{reader.leaving_token}/"
    assert recipient == "reader@example.org"
    assert dict(letter.items()) == {
        "To": "reader@example.org",
        "Message-ID": letter["Message-ID"],
        "Date": letter["Date"],
        "List-Unsubscribe": f"<{leave}>",
        **({"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if secure else {}),
        "From": "Ciutats Educadores <newsletter@cities.example>",
        "Subject": "Educació i ciutat: l’any que comença",
        "List-Id": '"Ciutats Educadores" <newsletter.cities.example>',
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "ca",
        "MIME-Version": "1.0",
        "Content-Type": letter["Content-Type"],
    }
    assert delivery_of(letter["Message-ID"]) == delivery.pk
    assert letter["Date"].datetime - timezone.now() < timedelta(minutes=1)
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    for part in letter.iter_parts():
        assert part.get_content().count(reader.leaving_token) == 1
        assert part.get_content().count(reader.preferences_token) == 1
    assert max(map(len, message.split(b"\r\n"))) <= 200  # the leaving header; bodies keep to 76
    body = message.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76


def test_the_text_comes_over_the_wire_as_it_was_written(sink, make_readers):
    make_readers("reader")
    odd = "Évora … 광주 \x85 =3D =\n.\n..dots\nFrom here " + "long " * 60
    issue = started(factories.make_post(title_en="A title", teaser_en=odd.replace("\n", " ")))
    send(issue)

    letter = Letter.objects.get()
    [(_recipient, message)] = sink.letters
    reader = Subscriber.objects.get()
    for kind, wanted in (("plain", letter.text), ("html", letter.html)):
        wanted = wanted.replace("L" * 43, reader.leaving_token).replace("P" * 43, reader.preferences_token)
        got = parsed(message).get_body((kind,)).get_content()
        assert got.replace("\r\n", "\n").rstrip("\n") == wanted.replace("\r\n", "\n").rstrip("\n")


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


def test_whoever_leaves_before_their_turn_gets_no_letter(sink, make_readers):
    [leaver, _other] = make_readers("leaver", "other")
    issue = started()
    queue_all(issue)
    leaver.leave()

    send(issue)

    assert states(issue) == {"leaver": State.DROPPED, "other": State.SENT}
    assert [recipient for recipient, _message in sink.letters] == ["other@example.org"]


def test_an_erased_reader_leaves_a_row_that_counts(sink, make_readers):
    [erased, _other] = make_readers("erased", "other")
    issue = started()
    queue_all(issue)
    erased.delete()

    send(issue)

    assert Counter(Delivery.objects.values_list("state", flat=True)) == {State.DROPPED: 1, State.SENT: 1}


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


def test_letters_of_one_kind_are_rendered_once(sink, make_readers, django_assert_num_queries):
    make_readers(*(f"r{number}" for number in range(30)))
    issue = started()
    queue_all(issue)

    with CaptureQueriesContext(connection) as queries:
        send(issue)

    verbs = Counter(query["sql"].split()[0] for query in queries)
    # For each letter the one step, and the answer to the one before.
    assert verbs["UPDATE"] - 2 * 30 <= 12
    assert verbs["SELECT"] <= 40


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


@pytest.mark.parametrize("address", ["a\r\nBcc: b@example.org@example.org", "a b@example.org", "à@example.org"])
def test_an_address_that_would_break_a_header_gets_nothing(sink, make_readers, address):
    [reader] = make_readers("reader")
    Subscriber.objects.filter(pk=reader.pk).update(email=address)
    issue = started()

    send(issue)

    assert sink.letters == []
    assert list(Delivery.objects.values_list("state", flat=True)) == [State.DROPPED]


def test_a_reader_whom_the_server_does_not_know_is_not_written_to_again(sink, make_readers):
    make_readers("refused-1", "refused-data-1")
    send(started())

    assert dict(Subscriber.objects.values_list("email", "state")) == {
        "refused-1@example.org": Subscriber.State.BOUNCED,
        # The letter was refused and not the reader: that may pass.
        "refused-data-1@example.org": Subscriber.State.CONFIRMED,
    }
