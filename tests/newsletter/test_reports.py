"""What became of each issue: sent, bounced, left, joined, counted so that the counts outlive the readers."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from newsletter.bounces import Report, take, take_refusal
from newsletter.erasing import erase
from newsletter.models import Delivery, Movement
from newsletter.reports import last_months, reports_on
from tests.factories import make_issue, make_subscriber
from tests.newsletter.letters import make_delivery

pytestmark = pytest.mark.django_db
REPORTS = reverse("admin:newsletter_issue_reports")


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-03-10T09:00:00Z", tick=False)


@pytest.fixture
def editor(client):
    user = User.objects.create_user("ana", "ana@example.org", "x", is_staff=True)
    user.groups.add(Group.objects.get(name="Secretariat editor"))
    client.force_login(user)
    return user


def counts_of(issue):
    [report] = reports_on([issue])
    return {name: getattr(report, name) for name in ("sent", "bounced", "left", "unreachable", "joined")}


def counts(**overrides):
    return {"sent": 0, "bounced": 0, "left": 0, "unreachable": 0, "joined": 0} | overrides


def test_an_issue_counts_what_was_sent_came_back_and_was_refused():
    issue = make_issue(number=1)
    for _ in range(3):
        make_delivery(issue=issue)
    back = make_delivery(issue=issue)
    make_delivery(issue=issue, state=Delivery.State.UNCERTAIN)
    refused = make_delivery(issue=issue, state=Delivery.State.REFUSED)
    take(Report("soft", back.pk, status="4.2.2"))
    take(Report("hard", back.pk, status="5.1.1"))
    take_refusal(refused.pk, "550 5.1.1 no such user")
    assert counts_of(issue) == counts(sent=4, bounced=2, unreachable=2)


def test_who_leaves_counts_for_the_last_issue_they_got_and_stays_counted_when_erased():
    first, second = make_issue(number=1), make_issue(number=2)
    loyal, leaver, erased, complaining = (make_subscriber() for _ in range(4))
    for reader in (loyal, leaver, erased, complaining):
        make_delivery(reader, issue=first)
    for reader in (loyal, leaver):
        make_delivery(reader, issue=second)
    leaver.leave()
    leaver.leave()
    erase(erased)
    take(Report("complaint", complaining.deliveries.get().pk))
    assert (counts_of(first), counts_of(second)) == (counts(sent=4, left=2), counts(sent=2, left=1))
    for reader in (leaver, complaining):
        erase(reader)
    assert (counts_of(first), counts_of(second)) == (counts(sent=4, left=2), counts(sent=2, left=1))
    assert set(Movement.objects.values_list("day", "kind")) == {(timezone.localdate(), "left")}


def test_who_never_confirmed_neither_joins_nor_leaves():
    make_issue(number=1)
    for end in (lambda reader: reader.leave(), erase):
        end(make_subscriber(state="pending", confirmed_at=None))
    assert Movement.objects.count() == 0


def test_who_joins_counts_for_the_issue_that_had_gone_out_last():
    make_issue(number=1)
    last = make_issue(number=2)
    make_issue()
    reader = make_subscriber(state="pending", confirmed_at=None)
    assert (reader.confirm(), reader.confirm()) == (True, False)
    assert counts_of(last) == counts(joined=1)


def test_months_add_up_and_those_without_anything_are_there(time_machine):
    for moment, joined in (("2026-01-31T22:30:00Z", 2), ("2026-01-31T23:30:00Z", 1)):  # February in Barcelona
        time_machine.move_to(moment, tick=False)
        for _ in range(joined):
            make_subscriber(state="pending", confirmed_at=None).confirm()
    time_machine.move_to("2026-04-02T09:00:00Z", tick=False)
    make_subscriber().leave()
    make_subscriber().give_up()
    months = [(str(month.first_day), month.joined, month.left, month.unreachable) for month in last_months(4)]
    assert months == [
        ("2026-01-01", 2, 0, 0),
        ("2026-02-01", 1, 0, 0),
        ("2026-03-01", 0, 0, 0),
        ("2026-04-01", 0, 1, 1),
    ]


def test_the_drawing_says_in_words_what_it_shows(client, editor):
    issue = make_issue(number=7)
    make_delivery(issue=issue)
    make_subscriber(state="pending", confirmed_at=None).confirm()
    page = client.get(REPORTS).content.decode()
    drawings = [ET.fromstring(drawing) for drawing in drawings_of(page)]
    assert [(drawing.get("role"), *texts_of(drawing)) for drawing in drawings] == [
        (
            "img",
            "Readers who joined and left, by month",
            "In all of these months: 1 joined, 0 left or unreachable.",
            [("joined", "1")],
        ),
        (
            "img",
            "Letters sent, by issue",
            "The last issue went to 1 reader. The most got number 7: 1.",
            [("sent", "1")],
        ),
    ]
    for drawing in drawings:
        names = drawing.get("aria-labelledby").split()
        assert names == [drawing.find(f"{tag}").get("id") for tag in ("title", "desc")]


def drawings_of(page):
    return re.findall(r"<svg class=\"bar-chart.*?</svg>", page, re.DOTALL)


def texts_of(drawing):
    bars = [(bar.get("class").split("-")[1]) for bar in drawing.iter("rect")]
    numbers = [text.text for text in drawing.iter("text") if text.get("class") == "bar-number"]
    return drawing.find("title").text, drawing.find("desc").text, list(zip(bars, numbers, strict=True))


def test_the_table_to_take_along_holds_every_issue_and_starts_no_formula(client, editor):
    first = make_issue(number=1, subject_en="=1+1", started_at=timezone.now() - timedelta(days=40))
    make_delivery(issue=first)
    make_issue(number=2, subject_en="Spring")
    response = client.get(reverse("admin:newsletter_issue_reports_table"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="newsletter-issues-2026-03-10.csv"'
    assert list(csv.reader(io.StringIO(response.getvalue().decode()))) == [
        ["number", "subject", "began", "sent", "bounced", "left", "unreachable", "joined"],
        ["1", "'=1+1", "2026-01-29", "1", "0", "0", "0", "0"],
        ["2", "Spring", "2026-03-10", "0", "0", "0", "0", "0"],
    ]


@pytest.mark.parametrize(("issues", "readers"), [(1, 1), (8, 5)])
def test_the_page_needs_the_same_queries_for_any_number(client, editor, issues, readers, django_assert_num_queries):
    people = [make_subscriber() for _ in range(readers)]
    for number in range(issues):
        issue = make_issue(number=number + 1)
        for reader in people:
            make_delivery(reader, issue=issue)
    people[0].leave()
    client.get(REPORTS)
    # session, user, rights (2), networks (2); issues counted, issues, deliveries, movements by issue and by month,
    # readers counted
    with django_assert_num_queries(12):
        response = client.get(REPORTS)
    assert len(response.context["reports"]) == issues


def test_who_may_not_see_readers_sees_no_reports(client):
    translator = User.objects.create_user("tom", "tom@example.org", "x", is_staff=True)
    translator.groups.add(Group.objects.get(name="Translator"))
    client.force_login(translator)
    table = reverse("admin:newsletter_issue_reports_table")
    assert [client.get(address).status_code for address in (REPORTS, table)] == [403, 403]
    assert client.get(reverse("admin:newsletter_issue_changelist")).context["may_see_reports"] is False


def test_an_upgrade_counts_what_happened_before_it():
    issue = make_issue(number=1)
    gone, lost, pending = make_subscriber(), make_subscriber(), make_subscriber(state="pending", confirmed_at=None)
    delivery = make_delivery(gone, issue=issue)
    take(Report("soft", delivery.pk, status="4.2.2"))
    take(Report("hard", make_delivery(lost, issue=issue).pk, status="5.1.1"))
    take_refusal(make_delivery(issue=issue, state=Delivery.State.REFUSED).pk, "550 5.1.1 no such user")
    gone.leave()
    pending.leave()
    before = counts_of(issue)
    Movement.objects.all().delete()
    import_module("newsletter.migrations.0005_count_who_came_and_went").count_who_came_and_went(apps, None)
    # Three confirmed, at the moment that the issue began.
    assert counts_of(issue) == before | {"joined": 3} == counts(sent=2, bounced=3, left=1, unreachable=2, joined=3)
