"""Any two versions of an item are compared, whichever comes first, and each difference leads back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Version

from tests.admin.forms import address
from tests.desk.test_history import edit
from tests.factories import make_edition, make_event, make_figure, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(anna):
    """Its title was One, then Two, then Three, then Two again."""
    event = make_event(title_en="One", place="Turin")
    edit(anna, event, title_en="Two")
    edit(anna, event, title_en="Three", place="Genoa")
    edit(anna, event, title_en="Two")
    return event


def versions_of(item):
    """Keys, the oldest first."""
    return list(Version.objects.filter(object_id=item.pk).order_by("pk").values_list("pk", flat=True))


def compared(client, item, **chosen):
    return client.get(address("compare", item, item.pk), chosen).context


def told(context):
    return [(one.label, one.before, one.after) for one in context["changes"]]


def test_versions_that_are_no_neighbours_are_compared(anna, event):
    one, two, three, again = versions_of(event)

    assert told(compared(anna, event, old=one, new=three)) == [("Title", "One", "Three"), ("Place", "Turin", "Genoa")]
    assert told(compared(anna, event, old=two, new=again)) == [("Place", "Turin", "Genoa")]
    assert told(compared(anna, event, old=one, new="now")) == [("Title", "One", "Two"), ("Place", "Turin", "Genoa")]


def test_the_earlier_one_always_comes_first(anna, event):
    one, _two, three, _again = versions_of(event)

    assert told(compared(anna, event, old=three, new=one)) == told(compared(anna, event, old=one, new=three))
    assert told(compared(anna, event, old="now", new=one)) == told(compared(anna, event, old=one, new="now"))


def test_the_history_offers_every_version_and_what_is_now(anna, event):
    one, *others = map(str, versions_of(event))

    context = anna.get(address("history", event, event.pk)).context

    assert [value for value, _label in context["versions_to_choose"]] == ["now", *reversed(others), one]
    assert (context["old"], context["new"]) == (one, "now")
    labels = [label for _value, label in context["versions_to_choose"]]
    assert (labels[0], labels[1].rpartition(", ")[2]) == ("As it is now", "Anna Puig")


@pytest.mark.parametrize("wrong", ["", "0", "x", "9" * 30, "-1", "²"])
def test_what_is_no_version_counts_as_not_chosen(anna, event, wrong):
    assert told(compared(anna, event, old=wrong, new=wrong)) == [("Title", "One", "Two"), ("Place", "Turin", "Genoa")]


def test_a_version_of_another_item_is_none_of_this_one(anna, event):
    other = make_event(title_en="Secret")
    edit(anna, other, title_en="Secret too")

    assert compared(anna, event, old=versions_of(other)[0])["old"] == str(versions_of(event)[0])


def test_one_version_twice_asks_for_another(anna, event):
    one = versions_of(event)[0]

    assert compared(anna, event, old=one, new=one)["changes"] is None


def test_each_difference_leads_to_what_stood_in_the_earlier_version(anna, event):
    one, two, _three, again = versions_of(event)

    html = anna.get(address("compare", event, event.pk), {"old": two, "new": again}).content.decode()

    assert f'{address("restore", event, event.pk)}?version={two}&amp;field=place"' in html
    assert f"?version={one}" not in html


def test_rows_are_compared(anna):
    edition = make_edition()
    figure = make_figure(edition=edition, kind=edition.figures.model.Kind.CITIES, value=70)
    edit(anna, edition, **{"figures-0-value": "80"})
    edit(anna, edition, **{"figures-0-value": "90"})

    [change] = compared(anna, edition, old=versions_of(edition)[0], new="now")["changes"]

    assert (change.place, "70" in change.before, "90" in change.after) == (
        f"rows:editions.figure:{figure.pk}",
        True,
        True,
    )


def test_an_item_without_versions_has_nothing_to_compare(anna):
    event = make_event()

    assert compared(anna, event)["changes"] is None
    assert "history-comparing" not in anna.get(address("history", event, event.pk)).content.decode()


def test_what_is_not_there_or_not_theirs_is_refused(anna, event, editor_of):
    mine, other = make_network(), make_network()
    foreign = make_event(network=other)
    edit(anna, foreign, title_en="Other")

    assert anna.get(address("compare", event, event.pk + 1000)).status_code == 404
    assert anna.post(address("compare", event, event.pk)).status_code == 405
    assert editor_of(mine).get(address("compare", foreign, foreign.pk)).status_code == 403


def test_the_same_queries_for_any_number_of_versions(anna, event):
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            compared(anna, event)
        counts.append(len(queries))
        for place in range(5 * (1 - number)):
            edit(anna, event, place=f"Place {place}")

    assert counts[0] == counts[1]
