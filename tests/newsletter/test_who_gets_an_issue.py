"""Who gets an issue, in which letter; and who does not, however the list of readers changes meanwhile."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter import issue_states
from newsletter.models import Delivery, Issue, Letter, Subscriber
from tests import factories
from tests.newsletter.sendings import parsed, queue_all, send, started, states

State = Delivery.State


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
