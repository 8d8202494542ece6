"""The page on which an issue is tried out, approved, sent, and on which one sees how that goes."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from newsletter.models import Delivery, Issue, Letter, Sending
from newsletter.placeholders import LEAVE_TOKEN
from newsletter.progress import progress_of
from newsletter.reach import readers_by_language
from newsletter.today import last_newsletter
from tests import factories

pytestmark = pytest.mark.django_db
State = Issue.State


@pytest.fixture(autouse=True)
def editor(client, time_machine):
    time_machine.move_to("2026-03-10T09:00:00Z", tick=False)
    user = User.objects.create_user("ana", "ana@example.org", "x", is_staff=True)
    user.groups.add(Group.objects.get(name="Secretariat editor"))
    client.force_login(user)
    return user


def address(issue, page, *args):
    return reverse(f"admin:newsletter_issue_{page}", args=[issue.pk, *args])


def press(client, issue, act):
    """The message that the button leads to."""
    response = client.post(address(issue, "act", act), follow=True)
    issue.refresh_from_db()
    return [str(message) for message in response.context["messages"]]


def make_ready(**overrides):
    factories.make_subscriber()
    issue = factories.make_issue(factories.make_post(), **overrides)
    if issue.number:
        Sending.objects.create(issue=issue, all_queued=True)
    return issue


def deliver(issue, state, **overrides):
    letter = Letter.objects.get_or_create(issue=issue, language="en", parts_digest="x")[0]
    reader = overrides.pop("subscriber", None) or factories.make_subscriber()
    fields = {"due_at": timezone.now()} | overrides
    return Delivery.objects.create(issue=issue, letter=letter, subscriber=reader, state=state, **fields)


def test_an_issue_is_approved_taken_back_and_scheduled_by_buttons(client, editor):
    issue = make_ready()
    assert press(client, issue, "approve") == ["Approved. It is not sent yet."]
    assert (issue.state, issue.approved_by, issue.approved_at) == (State.APPROVED, editor, timezone.now())
    client.post(address(issue, "schedule"), {"send_at": "2026-03-12T08:30"})
    issue.refresh_from_db()
    assert issue.send_at.isoformat() == "2026-03-12T07:30:00+00:00"
    for mistyped in ("2026-03-09T08:30", "2062-03-12T08:30", "9999-12-31T23:59", "0001-01-01T00:00"):
        assert client.post(address(issue, "schedule"), {"send_at": mistyped}).status_code == 422, mistyped
    issue.refresh_from_db()
    assert issue.send_at.isoformat() == "2026-03-12T07:30:00+00:00"
    assert press(client, issue, "draft") == ["It can be changed again."]
    assert (issue.state, issue.send_at) == (State.DRAFT, None)


def test_a_second_click_and_a_click_too_late_do_nothing(client):
    issue = make_ready()
    press(client, issue, "approve")
    assert press(client, issue, "approve") == [
        "Nothing was done: somebody was faster, and the issue is “approved” now."
    ]
    assert press(client, issue, "pause") == ["Nothing was done: somebody was faster, and the issue is “approved” now."]


def test_a_get_asks_and_changes_nothing(client):
    issue = make_ready()
    for act in ("approve", "send", "cancel", "resume", "draft", "pause"):
        client.get(address(issue, "act", act))
    assert client.get(address(issue, "act", "explode")).status_code == 404
    assert [client.get(address(issue, page)).status_code for page in ("schedule", "try_out", "decide")] == [405] * 3
    issue.refresh_from_db()
    assert (issue.state, issue.send_at) == (State.DRAFT, None)


def test_errors_keep_an_issue_from_being_approved(client):
    issue = factories.make_issue()
    assert press(client, issue, "approve") == ["It cannot be approved yet: there are errors to mend first."]
    assert issue.state == State.DRAFT


def test_sending_pausing_going_on_and_cancelling(client, mailoutbox):
    issue = make_ready(state=State.APPROVED)
    assert press(client, issue, "send") == ["It is on its way."]
    assert (issue.state, issue.number) == (State.SENDING, 1)
    assert press(client, issue, "pause") == ["Paused."]
    assert press(client, issue, "resume") == ["It goes on."]
    assert press(client, issue, "cancel") == ["Cancelled."]
    assert issue.state == State.CANCELLED


def test_the_page_says_how_many_readers_each_language_has(client):
    network, theme = factories.make_network(), factories.make_theme()
    of_network = factories.make_event(network=network)
    experience = factories.make_experience()
    experience.themes.add(theme)
    issue = factories.make_issue(of_network, experience)
    factories.make_subscriber()
    factories.make_subscriber(language="es").networks.add(network)
    factories.make_subscriber(language="es").themes.add(theme)
    both = factories.make_subscriber(language="fr")
    both.networks.add(factories.make_network())
    both.themes.add(factories.make_theme())
    factories.make_subscriber(language="fr", frequency="monthly").networks.add(factories.make_network())

    assert readers_by_language(issue) == {"en": 1, "es": 2, "fr": 1}
    issue.audience = Issue.Audience.EACH_ISSUE
    assert readers_by_language(issue) == {"en": 1, "es": 2}
    issue.untranslated = Issue.Untranslated.LEFT_OUT
    assert readers_by_language(issue) == {"en": 1}


def test_a_test_letter_goes_to_those_named_with_links_that_belong_to_nobody(client, mailoutbox):
    issue = make_ready(subject_es="Carta")
    client.post(address(issue, "try_out"), {"addresses": "a@example.org, b@example.org", "language": "es"})
    assert [letter.to for letter in mailoutbox] == [["a@example.org"], ["b@example.org"]]
    assert mailoutbox[0].subject.endswith("] Carta")
    with override("es"):
        leave = reverse("newsletter:leave", args=[LEAVE_TOKEN])
    assert (leave in mailoutbox[0].body, client.get(leave).status_code) == (True, 404)


@pytest.mark.parametrize(
    "addresses", ["", "no address", "a@example.org\nBcc: x", "a@x.org b@x.org c@x.org d@x.org e@x.org f@x.org"]
)
def test_a_test_letter_to_nonsense_is_refused(client, mailoutbox, addresses):
    issue = make_ready()
    response = client.post(address(issue, "try_out"), {"addresses": addresses, "language": "en"})
    assert (response.status_code, mailoutbox) == (422, [])


def test_test_letters_have_a_limit_of_their_own(client, mailoutbox):
    issue = make_ready()
    data = {"addresses": ",".join(f"a{n}@example.org" for n in range(5)), "language": "en"}
    found = [client.post(address(issue, "try_out"), data).status_code for _ in range(7)]
    assert (found, len(mailoutbox)) == ([302] * 6 + [422], 30)


def test_progress_counts_and_reckons_the_time_left(client, time_machine):
    issue = make_ready(state=State.SENDING, number=1, started_at=timezone.now())
    for state in ("sent", "queued", "queued", "queued"):
        deliver(issue, state)
    assert (progress_of(issue).left, progress_of(issue).done, progress_of(issue).percent) == (None, 1, 25)
    time_machine.shift(30)
    Delivery.objects.filter(pk=Delivery.objects.filter(state="queued").first().pk).update(state="sent")

    progress = progress_of(issue)
    assert (progress.counts, progress.total) == ({"queued": 2, "sent": 2}, 4)
    assert (progress.left, progress.left_words) == (timedelta(seconds=60), "about 1 minute left")


def test_progress_needs_two_queries(client, django_assert_num_queries):
    issue = make_ready(state=State.SENDING, number=1, started_at=timezone.now())
    with django_assert_num_queries(2):
        progress_of(issue)


def test_the_progress_fragment_and_the_page_without_a_script(client):
    issue = make_ready(state=State.SENDING, number=1, started_at=timezone.now())
    deliver(issue, "sent")
    response = client.get(address(issue, "progress"))
    assert ("no-store" in response.headers["Cache-Control"], "<html" in response.content.decode()) == (True, False)
    page = client.get(address(issue, "sending")).content.decode()
    assert page.count('<noscript><meta http-equiv="refresh" content="5"></noscript>') == 1


def test_a_person_decides_about_uncertain_letters_and_about_nothing_else(client):
    issue = make_ready(state=State.SENT, number=1, started_at=timezone.now())
    one, other, sent = (deliver(issue, state) for state in ("uncertain", "uncertain", "sent"))
    elsewhere = deliver(factories.make_issue(state=State.SENT, number=2), "uncertain")
    page = client.get(address(issue, "sending"))
    assert [delivery.pk for delivery in page.context["uncertain"]] == [one.pk, other.pk]

    client.post(address(issue, "decide"), {"_decide": "sent", "delivery": [one.pk, elsewhere.pk]}, follow=True)
    response = client.post(address(issue, "decide"), {"_decide": "again", "delivery": [one.pk, sent.pk]}, follow=True)
    states = dict(Delivery.objects.values_list("pk", "state"))
    assert [states[row.pk] for row in (one, other, sent, elsewhere)] == ["sent", "uncertain", "sent", "uncertain"]
    assert [str(message) for message in response.context["messages"]] == ["0 letters go out once more."]

    client.post(address(issue, "decide"), {"_decide": "again", "_all": "1"})
    assert Delivery.objects.get(pk=other.pk).state == "queued"
    issue.refresh_from_db()
    assert issue.state == State.SENDING


def test_who_only_looks_gets_no_buttons(client):
    issue = make_ready(state=State.APPROVED)
    translator = User.objects.create_user("tom", "tom@example.org", "x", is_staff=True)
    translator.groups.add(Group.objects.get(name="Translator"))
    client.force_login(translator)
    page = client.get(address(issue, "sending"))
    assert (page.status_code, "sending-acts" in page.content.decode()) == (200, False)
    assert [client.post(address(issue, p)).status_code for p in ("schedule", "try_out", "decide")] == [403] * 3


def test_the_front_page_names_what_waits(client, rf, editor):
    request = rf.get("/")
    request.user = User.objects.get(pk=editor.pk)
    assert last_newsletter(request).lines == []
    draft = factories.make_issue()
    sent = factories.make_issue(number=1, finished_at=timezone.now())
    deliver(sent, "uncertain")
    lines = [(line.text, line.note) for line in last_newsletter(request).lines]
    assert lines == [
        ("1 letter of which nobody knows whether it arrived", ""),
        (draft.subject_en, "being composed"),
        (sent.subject_en, "sent on 10 March 2026, 10:00"),
    ]


def test_all_uncertain_letters_are_decided_on_not_only_those_that_are_listed(client, monkeypatch):
    monkeypatch.setattr("newsletter.issue_sending_admin.UNSETTLED", 2)
    issue = make_ready(state=State.SENT, number=1)
    for _ in range(5):
        deliver(issue, Delivery.State.UNCERTAIN)
    page = client.get(address(issue, "sending"))
    assert (len(page.context["uncertain"]), page.context["uncertain_count"]) == (2, 5)
    response = client.post(address(issue, "decide"), {"_all": "1", "_decide": "sent"}, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["5 letters count as sent."]
    assert Delivery.counts_of(issue) == {"sent": 5}
