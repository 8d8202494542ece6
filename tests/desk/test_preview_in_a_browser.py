"""The preview beside the form, in a real browser."""

import pytest
from playwright.sync_api import expect

from agenda.models import Event
from publishing.models import State
from tests.accessibility import axe_violations
from tests.admin.forms import address
from tests.factories import make_edition, make_event, make_highlight, make_page, make_site_identity

pytestmark = pytest.mark.django_db(transaction=True)


def frame(page):
    return page.frame_locator(".preview-stage iframe.is-shown")


def heading(page):
    return frame(page).locator("h1").first


def open_beside(page, item):
    page.open(address("change", item, item.pk))
    page.get_by_role("button", name="Beside the form").click()
    expect(heading(page)).to_be_visible()


def test_the_page_stands_beside_the_form_and_follows_what_is_typed(desk_page):
    event = make_event(title_en="Old name", title_es="Nombre viejo")
    open_beside(desk_page, event)
    expect(heading(desk_page)).to_have_text("Old name")

    desk_page.fill("#id_title_en", "New name")
    expect(heading(desk_page)).to_have_text("New name")
    desk_page.get_by_label("Preview in").select_option("es")

    expect(heading(desk_page)).to_have_text("Nombre viejo")
    assert Event.objects.get().title_en == "Old name"


def test_rich_text_is_in_the_preview_as_it_is_written(desk_page):
    page_ = make_page(body_en="<p>Before</p>")
    open_beside(desk_page, page_)
    desk_page.wait_for_function("window.CKEDITOR && CKEDITOR.instances.id_body_en?.status === 'ready'")

    desk_page.evaluate("CKEDITOR.instances.id_body_en.insertHtml('<p>Written <strong>just now</strong></p>')")

    expect(frame(desk_page).locator("main strong")).to_have_text("just now")


def test_the_preview_is_a_phone_or_a_desktop_in_the_same_panel(desk_page):
    open_beside(desk_page, make_event())
    inner = "document.querySelector('.preview-stage iframe').contentWindow.innerWidth"
    assert desk_page.evaluate(inner) == 1280

    desk_page.get_by_role("button", name="Phone").click()

    assert desk_page.evaluate(inner) == 390
    assert desk_page.get_by_role("button", name="Phone").get_attribute("aria-pressed") == "true"
    assert desk_page.evaluate("document.documentElement.scrollWidth") == 1280


def test_the_look_of_the_page_arrives_where_no_editor_of_rich_text_loosens_the_policy(desk_page):
    make_site_identity()
    highlight = make_highlight(event=make_event(), label_en="Look here")
    desk_page.open(address("change", highlight, highlight.pk))
    desk_page.get_by_role("button", name="Beside the form").click()

    expect(frame(desk_page).get_by_text("Look here").first).to_be_visible()
    colour = "getComputedStyle(document.querySelector('.preview-stage iframe').contentDocument.body).backgroundColor"
    assert desk_page.evaluate(colour) == "rgb(251, 247, 238)"


def test_mistakes_are_listed_in_the_panel_until_they_are_mended(desk_page):
    open_beside(desk_page, make_event(title_en="Old name"))

    desk_page.fill("#id_title_en", "")
    expect(heading(desk_page)).to_have_text("No preview yet")
    desk_page.errors.clear()  # the browser notes the answer's status
    desk_page.fill("#id_title_en", "New name")

    expect(heading(desk_page)).to_have_text("New name")


def test_the_way_back_leads_out_of_the_form_and_not_through_previews(desk_page):
    event = make_event(title_en="Old name")
    desk_page.open(address("changelist", Event))
    open_beside(desk_page, event)
    for name in ("One", "Two"):
        desk_page.fill("#id_title_en", name)
        expect(heading(desk_page)).to_have_text(name)

    desk_page.go_back()

    assert desk_page.url.endswith(address("changelist", Event))


def test_a_link_in_the_preview_leads_nowhere(desk_page):
    open_beside(desk_page, make_event(title_en="Old name"))

    frame(desk_page).locator(".brand").first.click()

    expect(heading(desk_page)).to_have_text("Old name")
    desk_page.errors.clear()  # a frame without scripts reports what the test's own tool tried to run in it


def test_keys_open_and_renew_it_and_it_stays_open_for_the_next_item(desk_page):
    event, edition = make_event(title_en="Old name"), make_edition()
    desk_page.open(address("change", event, event.pk))

    desk_page.keyboard.press("Control+Alt+p")
    expect(heading(desk_page)).to_have_text("Old name")
    desk_page.open(address("change", edition, edition.pk))
    expect(heading(desk_page)).to_be_visible()
    desk_page.get_by_role("button", name="Close").click()

    expect(desk_page.locator(".preview-stage iframe")).to_have_count(0)


def test_on_a_narrow_screen_the_preview_is_a_tab_of_its_own(desk_page):
    event = make_event(title_en="Old name")
    desk_page.set_viewport_size({"width": 360, "height": 800})
    desk_page.open(address("change", event, event.pk))
    desk_page.fill("#id_title_en", "New name")
    assert desk_page.evaluate("document.documentElement.scrollWidth") == 360

    with desk_page.expect_popup() as opened:
        desk_page.get_by_role("button", name="In a new tab").click()

    expect(opened.value.locator("h1").first).to_have_text("New name")
    expect(opened.value.locator(".desk-bar")).to_contain_text("Nothing of this is saved.")


def test_without_a_script_the_preview_is_a_tab_of_its_own(desk_page, browser, live_server):
    event = make_event(title_en="Old name", title_es="Nombre viejo")
    context = browser.new_context(java_script_enabled=False, storage_state=desk_page.context.storage_state())
    page = context.new_page()
    page.goto(live_server.url + address("change", event, event.pk))
    page.get_by_label("Preview in").select_option("es")

    with page.expect_popup() as opened:
        page.get_by_role("button", name="In a new tab").click()

    expect(opened.value.locator("h1").first).to_have_text("Nombre viejo")
    context.close()


def test_who_was_signed_out_is_told_so(desk_page):
    open_beside(desk_page, make_event(title_en="Old name"))
    desk_page.context.clear_cookies()

    desk_page.fill("#id_title_en", "New name")

    expect(desk_page.locator(".preview-status")).to_contain_text("You are signed out.")
    desk_page.errors.clear()  # the browser notes the refusal


def test_save_draft_in_a_browser_keeps_rich_text_and_says_so(desk_page):
    page_ = make_page(title_en="Old name", body_en="<p>Before</p>")
    desk_page.open(address("change", page_, page_.pk))
    desk_page.wait_for_function("window.CKEDITOR && CKEDITOR.instances.id_body_en?.status === 'ready'")
    desk_page.evaluate("CKEDITOR.instances.id_body_en.setData('<p>After</p>')")

    desk_page.get_by_role("button", name="Save draft").first.click()

    expect(desk_page.locator(".desk-notice")).to_contain_text("You are looking at a working copy")
    expect(desk_page.locator("form > div > .language-bar")).to_be_visible()
    desk_page.get_by_role("link", name="Compare, publish at a moment or throw away").click()
    expect(desk_page.locator(".desk-changes dt")).to_have_text(["Text EN"])
    expect(desk_page.locator(".desk-changes del")).to_contain_text("Before")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_the_desk_are_accessible(desk_page, scheme, width):
    make_site_identity()
    event = make_event(title_en="Old name")
    desk_page.emulate_media(color_scheme=scheme)
    desk_page.set_viewport_size({"width": width, "height": 800})
    desk_page.open(address("change", event, event.pk))
    desk_page.fill("#id_title_en", "New name")
    desk_page.get_by_role("button", name="Save draft").last.click()
    desk_page.wait_for_load_state("networkidle")
    found = {"form": axe_violations(desk_page)}
    for page in ("working_copy", "working_copy_discard", "draft_links"):
        desk_page.open(address(page, event, event.pk))
        found[page] = axe_violations(desk_page)
        assert desk_page.evaluate("document.documentElement.scrollWidth") == width
    desk_page.get_by_role("button", name="Make a link").click()
    link = desk_page.input_value("#new-link")
    Event.objects.update(state=State.DRAFT)
    desk_page.goto(link)
    found["draft"] = axe_violations(desk_page)
    assert desk_page.evaluate("document.documentElement.scrollWidth") == width

    desk_page.errors.clear()  # axe tries styles that the policy forbids
    assert [line for lines in found.values() for line in lines] == []
