"""The monthly digest: editors are reminded of it, and it gathers what its readers have not had."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.urls import reverse

from newsletter import issue_states, sending_issues
from newsletter.issue_checks import remarks_on
from newsletter.models import Issue, IssuePart
from newsletter.proposal import propose
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
ADD = reverse("admin:newsletter_issue_add")
REMINDER = ("No digest yet this month: 2 readers wait for it", f"{ADD}?audience=monthly")


@pytest.fixture(autouse=True)
def editor(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    user = User.objects.create_user("ana", "ana@example.org", "x", is_staff=True)
    user.groups.add(Group.objects.get(name="Secretariat editor"))
    client.force_login(user)
    return user


def make_readers():
    for frequency in ("monthly", "monthly", "each_issue"):
        factories.make_subscriber(frequency=frequency)


def sent_on(moment, audience, *items):
    return factories.make_issue(
        *items,
        number=(Issue.objects.count() + 1),
        audience=audience,
        started_at=moment,
        finished_at=moment,
        period_start=moment - timedelta(days=7),
        period_end=moment,
    )


def lines_of_today(client):
    blocks = client.get(reverse("admin:index")).context["today"]["items"]
    return [(line.text, line.address) for block in blocks if block.key == "issues" for line in block.lines]


def test_editors_are_reminded_until_a_digest_is_begun(client):
    make_readers()
    sent_on(NOW - timedelta(days=10), "monthly")  # in February
    sent_on(NOW - timedelta(days=1), "each_issue")
    assert lines_of_today(client)[0] == REMINDER
    Issue.objects.create(subject_en="March", audience="monthly")
    assert REMINDER not in lines_of_today(client)


@pytest.mark.parametrize("audience", ["monthly", "everybody"])
def test_nobody_is_reminded_of_a_digest_that_went_out_this_month(client, audience):
    make_readers()
    sent_on(datetime(2026, 2, 28, 23, 30, tzinfo=UTC), audience)  # the first of March in Barcelona
    assert REMINDER not in lines_of_today(client)


def test_nobody_is_reminded_where_nobody_waits_for_it(client):
    factories.make_subscriber(frequency="each_issue")
    assert lines_of_today(client) == []


def test_a_digest_begins_where_its_readers_last_had_a_letter(client):
    last = NOW - timedelta(days=40)
    sent_on(last, "monthly")
    sent_on(NOW - timedelta(days=3), "each_issue")
    starts = {
        audience: client.get(ADD, {"audience": audience}).context["adminform"].form.initial["period_start"]
        for audience in ("monthly", "each_issue", "everybody", "nonsense")
    }
    assert starts == {
        "monthly": last,
        **dict.fromkeys(("each_issue", "everybody", "nonsense"), NOW - timedelta(days=3)),
    }
    assert client.get(ADD, {"audience": "monthly"}).context["adminform"].form.initial["audience"] == "monthly"


@pytest.mark.parametrize(
    ("audience", "titles"),
    [("monthly", ["Of each issue", "New"]), ("each_issue", ["Of the digest", "New"]), ("everybody", ["New"])],
)
def test_what_other_readers_have_had_is_proposed(audience, titles):
    day = date(2026, 3, 2)
    both, each, digest = (
        factories.make_post(title_en=f"Of {whom}", date=day) for whom in ("both", "each issue", "the digest")
    )
    sent_on(NOW - timedelta(days=3), "everybody", both)
    sent_on(NOW - timedelta(days=2), "each_issue", each)
    sent_on(NOW - timedelta(days=1), "monthly", digest)
    factories.make_post(title_en="New", date=day)
    issue = Issue.objects.create(subject_en="March", audience=audience, period_start=NOW - timedelta(days=20))
    propose(issue)
    assert sorted(str(part.item) for part in IssuePart.objects.filter(issue=issue)) == sorted(titles)


def test_editors_are_told_that_readers_of_the_digest_have_had_their_letter(client):
    make_readers()
    earlier = sent_on(NOW - timedelta(days=3), "everybody")
    remark = f"Readers of the monthly digest have had a letter this month, number {earlier.number}."
    remarks = {
        audience: [
            item.text
            for item in remarks_on(factories.make_issue(factories.make_post(), audience=audience))
            if "digest" in item.text
        ]
        for audience in Issue.Audience.values
    }
    assert remarks == {"everybody": [remark], "monthly": [remark], "each_issue": []}


def test_a_digest_reaches_its_readers_and_nobody_else(client, editor, django_capture_on_commit_callbacks):
    make_readers()
    issue = factories.make_issue(factories.make_post(), audience="monthly")
    issue_states.approve(issue, editor)
    with django_capture_on_commit_callbacks(execute=True):
        sending_issues.start(issue)
    readers = issue.deliveries.values_list("subscriber__frequency", "state")
    assert (sorted(readers), len(mail.outbox)) == ([("monthly", "sent")] * 2, 2)
