"""The bank by keyboard, on a narrow phone, without script; and an issue on paper."""

import io

import pytest
from pypdf import PdfReader

from tests import factories
from tests.accessibility import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/en/bank-of-experiences/"


def make_records():
    factories.make_site_identity()
    culture, youth = factories.make_theme(key="culture", name_en="Culture"), factories.make_theme(key="youth")
    for number, code in enumerate(["ES", "PT", "IT", "FR", "KR", "BR", "TG", "MX", "AR", "UY", "CL", "SN"]):
        record = factories.make_experience(country=code, title_en=f"Record {number}", started=str(2000 + number))
        record.themes.add(culture if number % 2 else youth)
        record.sdgs.add(factories.make_sdg())
        record.charter_principles.add(factories.make_charter_principle())


def shown(page):
    return page.locator(".bank-count").inner_text()


@pytest.fixture
def without_script(browser):
    context = browser.new_context(viewport={"width": 320, "height": 800}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_facets_are_chosen_and_dropped_by_keyboard(page, live_server):
    make_records()
    page.goto(live_server.url + PAGE)
    page.get_by_role("searchbox", name="Words").focus()
    page.keyboard.press("Tab")  # the first button
    page.keyboard.press("Tab")  # the theme facet, which is open
    assert page.evaluate("document.activeElement.className") == "facet-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**?**theme=**")
    assert shown(page) == "6 experiences"

    chip = page.get_by_role("link", name="Remove: Theme: Culture")
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "theme" not in url)

    assert shown(page) == "12 experiences"
    assert page.errors == []


def test_a_closed_facet_opens_by_keyboard_with_all_its_values(page, live_server):
    make_records()
    page.goto(live_server.url + PAGE)

    page.locator(".facet-summary", has_text="Country").focus()
    page.keyboard.press("Enter")
    more = page.locator(".facet-more-summary:visible")
    more.focus()
    page.keyboard.press("Enter")

    names = page.locator("input[name=country]:visible").evaluate_all("boxes => boxes.map(box => box.value)")
    assert sorted(names) == sorted(["ES", "PT", "IT", "FR", "KR", "BR", "TG", "MX", "AR", "UY", "CL", "SN"])


def test_a_narrow_phone_without_script_can_choose(without_script, live_server):
    make_records()
    page = without_script
    page.goto(live_server.url + PAGE)
    assert not page.get_by_role("searchbox", name="Words").is_visible()

    page.locator(".filter-summary").click()
    page.locator("input[name=theme][value=culture]").check()
    page.get_by_role("button", name="Show results").last.click()

    assert shown(page) == "6 experiences"
    page.get_by_role("link", name="Table").click()
    assert page.locator(".bank-table tbody tr").count() == 6
    assert "theme=culture" in page.url


@pytest.mark.parametrize("address", ["", "?view=table", "?theme=culture&country=ES&q=x", "principles-and-goals/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_form_is_accessible_and_narrow_enough(page, live_server, address, scheme):
    make_records()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live_server.url + PAGE + address)
    page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")

    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_an_issue_is_handed_out_on_one_sheet(page, live_server):
    body = "<h2>How it works</h2>" + "<p>Neighbours of all ages meet and learn from each other. </p>" * 12
    record = factories.make_experience(title_en="Trees", summary_en="A summary", body_en=body)
    issue = factories.make_focus_issue(experience=record)
    page.goto(live_server.url + issue.get_absolute_url())

    sheet = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))

    assert len(sheet.pages) == 1
    text = sheet.pages[0].extract_text()
    assert f"/en/focus-experience/{issue.number}/" in text
    assert "All networks" not in text
