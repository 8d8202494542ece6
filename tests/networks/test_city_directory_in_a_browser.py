"""The directory of cities by keyboard, and its list while somebody types."""

import pytest

from networks.models import City
from tests import factories
from tests.accessibility import axe_violations
from tests.networks.map_cities import cities_of_spain

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


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_with_200_cities_in_a_country_each_is_told_and_its_name_is_whole_and_covered_by_nothing(
    page, live_server, width
):
    factories.make_site_identity()
    City.objects.bulk_create(cities_of_spain())
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/en/cities/?country=ES")

    found = page.evaluate(EVERY_POINT)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert found == {"points": 200, "unnamed": 0, "cut": [], "covered": [], "close": 0}
    assert axe_violations(page) == []


# Each point in turn has the focus: its name shows, inside its map, and whatever is drawn later has no colour.
EVERY_POINT = """() => {
  const found = {points: 0, unnamed: 0, cut: [], covered: [], close: 0};
  for (const map of document.querySelectorAll('.map')) {
    const before = [];
    for (const link of map.querySelectorAll('.map-city')) {
      found.points++;
      link.focus();
      const text = link.querySelector('text'), box = text.getBoundingClientRect();
      const frame = map.getBoundingClientRect();
      if (getComputedStyle(text).display === 'none') found.unnamed++;
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 ||
          box.bottom > frame.bottom + 1) found.cut.push(text.textContent);
      const later = [...map.querySelectorAll('path')].filter(
        (path) => link.compareDocumentPosition(path) === Node.DOCUMENT_POSITION_FOLLOWING);
      if (later.some((path) => getComputedStyle(path).stroke !== 'rgba(0, 0, 0, 0)'))
        found.covered.push(text.textContent);
      const path = link.querySelector('path').getBoundingClientRect();
      const [x, y] = [path.x + path.width / 2 - frame.x, path.y + path.height / 2 - frame.y];
      if (before.some(([left, top]) => Math.hypot(left - x, top - y) < 6.5)) found.close++;
      before.push([x, y]);
    }
  }
  return found;
}"""


def test_a_part_of_the_map_leads_to_it_enlarged_by_keyboard(page, live_server):
    factories.make_site_identity()
    City.objects.bulk_create(cities_of_spain())
    page.goto(f"{live_server.url}/en/cities/?country=ES")
    part = page.locator(".map-part").first
    (name,) = part.locator("title").all_text_contents()

    part.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#map-a")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('svg').getAttribute('aria-label')") == name


def test_the_list_stands_beside_the_map_where_there_is_room(directory):
    def places():
        return [directory.locator(part).bounding_box() for part in (".map-figure", "#cities")]

    directory.set_viewport_size({"width": 1280, "height": 900})
    figure, cities = places()
    assert cities["x"] >= figure["x"] + figure["width"]
    assert abs(cities["y"] - figure["y"]) < 40

    directory.set_viewport_size({"width": 768, "height": 900})
    figure, cities = places()
    assert cities["y"] >= figure["y"] + figure["height"]
