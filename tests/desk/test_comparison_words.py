"""What differs in a working copy is said in the words of the editors, whatever kind of field it is."""

import pytest

from tests.admin.forms import address, as_it_stands
from tests.factories import make_category, make_city, make_edition, make_event, make_figure, make_network, make_post

pytestmark = pytest.mark.django_db


def changes(desk, item, **typed):
    """{label: (before, after)} of a working copy in which this was typed."""
    form = as_it_stands(desk.get(address("change", item, item.pk)))
    form |= typed
    desk.post(
        address("change", item, item.pk), {k: v for k, v in form.items() if v is not None} | {"_save_draft": "1"}
    )
    page = desk.get(address("working_copy", item, item.pk))
    return {change.label: (change.before, change.after) for change in page.context["changes"]}


def test_every_kind_of_value(desk):
    old, new = make_city(name="Girona"), make_city(name="Granollers")
    event = make_event(city=old, date="2030-05", start_time=None, kind="meeting", summary_en="Two days", url="")

    assert changes(
        desk,
        event,
        city=str(new.pk),
        date="3 May 2030",
        start_time="09:30",
        kind="training",
        summary_en="Three days",
        body_en="<p>Text &amp; more</p>",
        url="https://example.org/",
    ) == {
        "City": ("Girona", "Granollers"),
        "Date": ("May 2030", "3 May 2030"),
        "Starts at": ("", "09:30"),
        "Kind": ("Meeting", "Training"),
        "Summary": ("Two days", "Three days"),
        "Text": ("", "<p>Text &amp; more</p>"),
        "Source": ("", "https://example.org/"),
    }


def test_what_cannot_be_understood_is_said_as_it_was_typed(desk):
    event = make_event(date="2030-05")

    assert changes(desk, event, date="some day soon") == {"Date": ("May 2030", "some day soon")}


def test_rows_that_are_gone_and_boxes(desk):
    first, second = make_category(name_en="Awards"), make_category(name_en="Books")
    post = make_post()
    post.categories.set([first])
    form = {"categories": [str(first.pk), str(second.pk)]}
    assert changes(desk, post, **form) == {"Categories": ("Awards", "Awards, Books")}
    second.delete()

    page = desk.get(address("working_copy", post, post.pk))

    assert [(change.before, change.after) for change in page.context["changes"]] == [("Awards", "(deleted), Awards")]


def test_a_tick_and_a_moment(desk):
    network = make_network(shown_on_home=True)

    found = changes(desk, network, shown_on_home=None, withdraw_at="2030-05-03T09:00")

    assert found == {"Linked from every page": ("yes", "no"), "Show until": ("", "3 May 2030, 09:00")}


def test_a_row_says_its_fields(desk):
    edition = make_edition()
    make_figure(edition=edition, value=1, kind="cities")
    form = as_it_stands(desk.get(address("change", edition, edition.pk)))
    prefix = next(name for name in form if name.endswith("-0-value")).removesuffix("-0-value")

    found = changes(desk, edition, **{f"{prefix}-0-value": "12"})

    assert found == {"Figure": ("Figure: cities\nValue: 1", "Figure: cities\nValue: 12")}
