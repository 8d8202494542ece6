"""The proposal: what is new in a period, by section, in the same number of queries for any number of items."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agenda.models import Event
from desk.history.recording import recorded
from experiences.models import Experience
from news.models import Post
from newsletter.holdings import holding_of
from newsletter.models import Issue, IssuePart
from newsletter.proposal import FIRST_PERIOD, add_item, propose, since_last_issue
from publishing.models import State
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
START = datetime(2026, 2, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tenth_of_march(time_machine):
    time_machine.move_to(NOW, tick=False)


def make_issue(**overrides):
    return factories.make_issue(**{"period_start": START, "period_end": NOW} | overrides)


def proposed(issue, **options):
    propose(issue, **options)
    return [(part.section, part.item) for part in issue.parts.all().order_by("pk")]


def made_at(moment, item):
    """As if somebody had entered it then."""
    type(item)._base_manager.filter(pk=item.pk).update(created_at=moment, updated_at=moment)
    return item


def test_each_new_item_stands_in_its_section():
    network = factories.make_network()
    made_at(START - timedelta(days=400), network)
    event = factories.make_event(date="2026-04-02")
    post = factories.make_post(date=date(2026, 3, 2))
    of_network = factories.make_post(date=date(2026, 3, 3))
    of_network.networks.add(network)
    featured, other = factories.make_experience(), factories.make_experience()
    focus = factories.make_focus_issue(experience=featured)

    assert proposed(make_issue()) == [
        ("dates", event),
        ("networks", of_network),
        ("news", post),
        ("focus", focus),
        ("bank", other),
    ]


def test_what_is_not_public_or_older_than_the_period_is_not_proposed():
    made_at(START - timedelta(days=1), factories.make_post(date=date(2026, 2, 9)))
    factories.make_post(date=date(2026, 3, 2), state=State.DRAFT)
    factories.make_post(date=date(2026, 3, 2), publish_at=NOW + timedelta(days=1))
    factories.make_post(date=date(2019, 3, 2))  # entered now, for the archive
    made_at(START - timedelta(days=1), factories.make_experience())

    assert proposed(make_issue()) == []


def test_news_entered_late_and_what_was_given_a_moment_within_the_period_are_new():
    late = factories.make_post(date=date(2026, 2, 9))
    scheduled = made_at(START - timedelta(days=90), factories.make_experience(publish_at=NOW - timedelta(days=2)))

    assert proposed(make_issue()) == [("news", late), ("bank", scheduled)]


def test_an_old_draft_that_was_published_within_the_period_is_new(time_machine):
    time_machine.move_to(START - timedelta(days=60))
    with recorded():
        was_draft = factories.make_experience(state=State.DRAFT)
        was_public = factories.make_experience()
    unrecorded = factories.make_experience(state=State.DRAFT)
    time_machine.move_to(NOW - timedelta(days=3))
    for item in (was_draft, was_public, unrecorded):
        with recorded():
            item = Experience.objects.get(pk=item.pk)
            item.publish()
            item.title_en += " (corrected)"
            item.save()
    time_machine.move_to(NOW)

    assert proposed(make_issue()) == [("bank", unrecorded), ("bank", was_draft)]


def test_dates_are_those_ahead_and_may_repeat():
    soon = factories.make_event(date="2026-03-20")
    factories.make_event(date="2026-03-01")
    factories.make_event(date="2026-09-01")
    factories.make_event(date="2026-03-21", status=Event.Status.CANCELLED)
    deadline = factories.make_event(date="2026-05-01", kind="deadline")
    post = factories.make_post(date=date(2026, 3, 2))
    factories.make_issue(soon, post, number=1)

    assert proposed(make_issue()) == [("dates", soon), ("dates", deadline)]
    assert proposed(make_issue(), weeks_ahead=3) == [("dates", soon)]


def test_what_an_earlier_issue_dropped_can_be_proposed_again_and_drafts_count_for_nothing():
    post, other = factories.make_post(date=date(2026, 3, 2)), factories.make_post(date=date(2026, 3, 3))
    factories.make_part(issue=factories.make_issue(number=1), item=post, is_kept=False)
    factories.make_issue(other)

    assert proposed(make_issue()) == [("news", other), ("news", post)]


def test_a_second_proposal_adds_only_what_is_new_since_and_leaves_what_was_dropped():
    post = factories.make_post(date=date(2026, 3, 2))
    issue = make_issue()
    propose(issue)
    issue.parts.update(is_kept=False)
    other = factories.make_post(date=date(2026, 3, 3))

    assert [part.item for part in propose(issue)] == [other]
    assert list(issue.parts.values_list("object_id", "is_kept", "order")) == [
        (post.pk, False, 10),
        (other.pk, True, 20),
    ]


def test_no_kind_takes_more_than_its_share():
    for _ in range(15):
        factories.make_post(date=date(2026, 3, 2))

    assert len(proposed(make_issue())) == holding_of(Post).most


@pytest.mark.parametrize("count", [1, 3])
def test_a_proposal_needs_the_same_queries_for_any_number_of_items(count, django_assert_num_queries):
    for _ in range(count):
        factories.make_event(date="2026-04-02", network=factories.make_network())
        factories.make_post(date=date(2026, 3, 2)).networks.add(factories.make_network())
        factories.make_focus_issue()
        factories.make_experience()
        factories.make_page(network=factories.make_network())
        factories.make_publication()
    issue = make_issue()
    propose(issue)
    issue.parts.all().delete()

    with django_assert_num_queries(22):
        propose(issue)

    assert issue.parts.filter(section="dates").count() == count


def test_the_period_begins_where_the_last_issue_ended():
    assert since_last_issue(NOW) == NOW - FIRST_PERIOD
    factories.make_issue(number=1, period_end=START, started_at=START + timedelta(days=2))
    assert since_last_issue(NOW) == START
    factories.make_issue(number=2, started_at=START + timedelta(days=3))
    assert since_last_issue(NOW) == START + timedelta(days=3)


def test_an_item_can_be_added_by_hand_and_a_dropped_one_comes_back():
    issue = factories.make_issue()
    item = Post.objects.get(pk=factories.make_post().pk)
    part = add_item(issue, item)
    IssuePart.objects.update(is_kept=False)

    assert (add_item(issue, item), part.section, part.order) == (part, "news", 10)
    assert list(IssuePart.objects.values_list("is_kept", flat=True)) == [True]


def test_a_draft_has_no_number(db):
    assert list(Issue.objects.archived()) == []


def test_new_publications_have_a_section_of_their_own():
    network = factories.make_network()
    made_at(START - timedelta(days=400), network)
    made_at(START - timedelta(days=1), factories.make_publication())
    paper, of_network = factories.make_publication(), factories.make_publication()
    of_network.networks.add(network)
    factories.make_publication(state=State.DRAFT)
    assert proposed(make_issue()) == [("publications", of_network), ("publications", paper)]
