"""The directory of cities by keyboard, and its list while somebody types."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def directory(page, live_server):
    factories.make_site_identity()
    factories.make_city(name="Córdoba", exonym_fr="Cordoue")
    factories.make_city(name="Dalseo-gu", name_local="달서구", name_local_language="ko", country="KR", longitude=128.5)
    page.goto(f"{live_server.url}/en/cities/")
    return page


@pytest.mark.parametrize(
    ("typed", "name"),
    [("cordoba", "Córdoba"), ("CORDOU", "Córdoba"), ("dalseo gu", "Dalseo-gu"), ("달서", "Dalseo-gu")],
)
def test_list_and_map_are_narrowed_while_one_types_a_name_in_any_language(directory, typed, name):
    directory.get_by_role("searchbox", name="Name of a city, in any language").fill(typed)

    assert directory.locator("#cities li a:visible").all_inner_texts() == [name]
    assert directory.locator(".country:visible").count() == 1
    points = directory.locator(".map").get_by_role("link")
    assert points.count() == 1
    assert points.locator("title").text_content().partition(",")[0] == name
    assert directory.errors == []


def test_a_point_is_reached_by_keyboard_shows_its_name_and_leads_to_the_city(directory):
    directory.get_by_role("link", name="Skip the map: to the list of the same cities").focus()
    directory.keyboard.press("Tab")
    point = directory.get_by_role("link", name="Córdoba, Spain", exact=True)

    assert point.evaluate("point => point === document.activeElement")
    assert directory.locator(".map-city text:visible").all_text_contents() == ["Córdoba"]

    directory.keyboard.press("Enter")
    directory.wait_for_url("**/en/cities/cordoba/")


def test_the_map_can_be_skipped(directory):
    directory.get_by_role("link", name="Skip the map: to the list of the same cities").focus()
    directory.keyboard.press("Enter")
    directory.keyboard.press("Tab")

    assert directory.evaluate("document.activeElement.textContent") == "South Korea"
