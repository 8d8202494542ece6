"""Bank, matrix, directory with its map, editions and search by keyboard alone, at 320 px and without a script."""

import pytest

from editions.models import Series
from tests import factories
from tests.experiences.test_bank_in_a_browser import make_records

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/en/bank-of-experiences/",
    "/en/bank-of-experiences/?theme=culture&country=PT&country=FR",
    "/en/bank-of-experiences/?view=table&q=record",
    "/en/bank-of-experiences/principles-and-goals/",
    "/en/cities/",
    "/en/cities/?country=ES",
    "{series}",
    "/en/search/?q=record",
    "/en/search/?q=recrod",
]

# What a keyboard can get at, apart from what stands in a closed part of the page.
REACHABLE = """() => {
  const wanted = 'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]';
  const shown = (one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled;
  window.all = [...document.querySelector('main').querySelectorAll(wanted)].filter(shown);
  return all.length;
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one.closest('main')) return null;
  const ring = (at) => {
    const style = getComputedStyle(at);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  };
  const drawn = one.matches('svg a') ? [one, ...one.querySelectorAll('*')].some((at) => {
    const style = getComputedStyle(at);
    return ring(at) || style.stroke !== 'none';
  }) : ring(one) || (one.nextElementSibling && ring(one.nextElementSibling)) || ring(one.parentElement);
  const box = one.getBoundingClientRect();
  return {
    number: window.all.indexOf(one),
    what: one.outerHTML.slice(0, 90),
    drawn,
    inView: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def site():
    make_records()
    for name in ("Vic", "Lleida", "Soria"):
        factories.make_city(name=name)
    series = factories.make_series(key=Series.Key.CONGRESS)
    for number in range(1, 4):
        factories.make_edition(series=series, ordinal=number)
    return series


@pytest.mark.parametrize("address", PAGES)
def test_everything_on_a_page_is_reached_in_order_and_seen_where_it_is(phone, live_server, site, address):
    phone.goto(live_server.url + address.format(series=site.get_absolute_url()))
    # Without a script of the page's own; the test's may look.
    for summary in phone.locator("main summary").all():
        if summary.is_visible() and summary.evaluate("one => !one.parentElement.open"):
            summary.press("Enter")
    count = phone.evaluate(REACHABLE)
    assert count > 0
    assert phone.evaluate("document.documentElement.scrollWidth") == 320

    phone.evaluate("() => { const main = document.querySelector('main'); main.tabIndex = -1; main.focus(); }")
    visited = []
    for _ in range(count + 5):
        phone.keyboard.press("Tab")
        at = phone.evaluate(FOCUSED)
        if at is None:
            break
        assert at["drawn"], at["what"]
        assert at["inView"], at["what"]
        visited.append(at["number"])

    assert visited == list(range(count)), [
        phone.evaluate("number => window.all[number].outerHTML.slice(0, 120)", number)
        for number in sorted(set(range(count)) - set(visited))
    ]


def test_a_choice_is_made_dropped_and_followed_from_the_matrix_by_keyboard(phone, live_server, site):
    phone.goto(f"{live_server.url}/en/bank-of-experiences/")
    phone.locator(".filter-summary").press("Enter")
    phone.locator("input[name=theme][value=culture]").press("Space")
    phone.locator("input[name=theme][value=culture]").press("Enter")
    phone.wait_for_url("**?**theme=culture**")
    assert phone.locator(".bank-count").inner_text() == "6 experiences"

    phone.get_by_role("link", name="Remove: Theme: Culture").press("Enter")
    phone.wait_for_url(lambda url: "theme" not in url)
    assert phone.locator(".bank-count").inner_text() == "12 experiences"

    phone.goto(f"{live_server.url}/en/bank-of-experiences/principles-and-goals/")
    phone.locator("td a").first.press("Enter")
    phone.wait_for_url("**principle=**")
    assert phone.locator(".bank-count").inner_text() == "1 experience"
