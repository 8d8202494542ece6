"""The search box with a script and without, by keyboard alone, down to 320 px."""

import pytest

from search import index
from tests import factories
from tests.accessibility import axe_violations
from tests.html_validity import html_errors


@pytest.fixture
def site(transactional_db):
    factories.make_site_identity()
    factories.make_event(title_en="Opening of the exhibition", summary_en="<b>An exhibition</b>", date="2030-09")
    factories.make_post(title_en="Exhibition of photographs", teaser_en="By children.")
    factories.make_post(title_en=None, title_es="Exhibition, en español", source_language="es")
    index.refresh()


@pytest.mark.parametrize("width", [1280, 320])
def test_suggestions_are_chosen_by_keyboard(page, live_server, site, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{live_server.url}/en/")
    box = page.get_by_role("combobox", name="Search this site")
    box.press_sequentially("exhi")
    options = page.get_by_role("option")
    options.first.wait_for()

    assert [text.split("\n")[0] for text in options.all_inner_texts()] == [
        "Opening of the exhibition",
        "Exhibition of photographs",
        "Exhibition, en español",
    ]
    assert box.get_attribute("aria-expanded") == "true"
    assert axe_violations(page, "header") == []

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).inner_text().startswith("Exhibition of photographs")
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.get_by_role("heading", level=1).inner_text() == "Opening of the exhibition"
    assert page.errors == []


@pytest.mark.parametrize("query", ["exhibition", "exibition", ""])
@pytest.mark.parametrize("width", [1280, 320])
def test_results_are_accessible_and_valid_and_fit(page, live_server, site, width, query):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{live_server.url}/en/search/?q={query}")

    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.errors == []
    if width == 1280:
        assert html_errors({query: page.request.get(page.url).text()}) == []


def test_the_form_works_without_a_script(browser, live_server, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/en/")

    page.get_by_role("searchbox", name="Search this site").fill("photographs")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.locator(".search-title").all_inner_texts() == ["Exhibition of photographs"]
    context.close()
