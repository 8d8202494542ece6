"""The pages of the history: readable in both schemes and at every width, and used with a mouse or without one."""

import re

import pytest
from playwright.sync_api import expect

from agenda.models import Event
from desk.history.recording import recorded
from tests.accessibility import axe_violations
from tests.admin.forms import address
from tests.factories import make_edition, make_event, make_figure

pytestmark = pytest.mark.django_db(transaction=True)


def changed_event():
    event = make_event(title_en="A square for children", title_es="Una plaza", place="Turin")
    with recorded():
        event.title_en, event.place = "A square for all children", "Genoa"
        event.save()
    return event


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_pages_of_the_history_are_accessible_and_fit(desk_page, width, scheme):
    desk_page.set_viewport_size({"width": width, "height": 900})
    desk_page.emulate_media(color_scheme=scheme)
    event = changed_event()
    edition = make_edition()
    with recorded():
        make_figure(edition=edition)
    gone = make_event(title_en="Gone", slug_en="gone")
    with recorded():
        gone.delete()
    make_event(slug_en="gone")
    desk_page.open(address("deleted", Event))
    recovering = desk_page.get_by_role("link", name="Gone", exact=True).get_attribute("href")
    restoring = f"{address('restore', event, event.pk)}?version="

    desk_page.open(address("history", event, event.pk))
    restoring = desk_page.get_by_role("link", name="Compare with now").last.get_attribute("href")
    for where in (
        address("history", event, event.pk),
        address("history", edition, edition.pk),
        restoring,
        address("deleted", Event),
        recovering,
    ):
        desk_page.open(where)
        assert desk_page.errors == []
        assert axe_violations(desk_page) == []
        desk_page.errors.clear()  # axe's styles, which the policy blocks, are none of the page's
        assert desk_page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_field_is_brought_back_in_three_steps(desk_page):
    event = changed_event()
    desk_page.open(address("change", event, event.pk))
    desk_page.get_by_role("link", name="History").click()
    desk_page.get_by_role("link", name=re.compile("Bring back what stood here.*Place")).click()
    expect(desk_page.get_by_role("checkbox")).to_have_count(1)
    desk_page.get_by_role("button", name="Restore what is ticked").click()

    expect(desk_page.locator(".messagelist")).to_contain_text("has been restored")
    event.refresh_from_db()
    assert (event.title_en, event.place) == ("A square for all children", "Turin")
