"""The date box shows how it is understood while somebody writes, in a real browser."""

import pytest
from playwright.sync_api import expect

from agenda.models import Event
from tests.accessibility import axe_violations
from tests.admin.forms import address
from tests.factories import make_city, make_event, make_member_count

pytestmark = pytest.mark.django_db(transaction=True)


def lines(page):
    return page.locator(".field-date .date-reading-line")


def write(page, text):
    """Letter by letter, as people do."""
    page.locator("#id_date").fill("")
    page.locator("#id_date").press_sequentially(text)


def test_what_is_written_is_shown_in_five_languages(desk_page):
    desk_page.open(address("add", Event))
    expect(desk_page.locator(".field-date output")).to_be_empty()

    write(desk_page, "1-3 October 2025")

    expect(lines(desk_page)).to_have_text(
        [
            "English: 1–3 October 2025",
            "español: 1–3 de octubre de 2025",
            "français: 1er–3 octobre 2025",
            "català: 1–3 d’octubre del 2025",
            "português: 1–3 de outubro de 2025",
        ]
    )
    assert lines(desk_page).evaluate_all("all => all.map(line => line.lang)") == ["en", "es", "fr", "ca", "pt"]
    write(desk_page, "")
    expect(desk_page.locator(".field-date output")).to_be_empty()


def test_the_reading_is_a_status_that_screen_readers_announce(desk_page):
    desk_page.open(address("add", Event))

    write(desk_page, "some day")

    status = desk_page.locator(".field-date").get_by_role("status")
    expect(status).to_contain_text("Not understood.")
    assert status.get_attribute("aria-live") == "polite"
    assert [error for error in axe_violations(desk_page) if "date-" in error] == []


def test_times_are_shown_and_go_into_their_fields(desk_page):
    desk_page.open(address("add", Event))
    desk_page.fill("#id_title_en", "Day")

    write(desk_page, "14 November 2025, 12:50–14:00")

    expect(desk_page.locator(".date-reading-note")).to_contain_text("12:50–14:00")
    desk_page.locator("[name=_save]").first.click()
    desk_page.wait_for_url("**" + address("changelist", Event))
    event = Event.objects.get()
    assert (event.date, f"{event.start_time:%H:%M}", f"{event.end_time:%H:%M}") == ("2025-11-14", "12:50", "14:00")


def test_another_city_changes_what_a_season_means(desk_page):
    city = make_city(name="Rosario", latitude=-32.9)
    desk_page.open(address("add", Event))
    write(desk_page, "autumn 2025")
    expect(lines(desk_page).first).to_have_text("English: Autumn 2025 (Sep–Nov)")

    desk_page.locator(".field-city .select2-selection").click()
    desk_page.locator(".select2-search__field").fill("Rosario")
    desk_page.locator(".select2-results__option", has_text="Rosario").click()

    expect(lines(desk_page).first).to_have_text("English: Autumn 2025 (Mar–May)")
    assert desk_page.input_value("#id_city") == str(city.pk)


def test_a_form_that_only_opens_asks_nothing(desk_page):
    city = make_city(latitude=-32.9)
    event = make_event(date="2025-22", city=city)
    asked = []
    desk_page.on("request", lambda request: asked.append(request.url) if "read-date" in request.url else None)

    desk_page.open(address("change", event, event.pk))

    assert desk_page.input_value("#id_date") == "Summer 2025–2026"
    expect(lines(desk_page).first).to_have_text("English: Summer 2025–2026 (Dec 2025 – Feb 2026)")
    desk_page.wait_for_timeout(300)
    assert asked == []
    write(desk_page, "summer 2026–2027")
    expect(lines(desk_page).first).to_have_text("English: Summer 2026–2027 (Dec 2026 – Feb 2027)")


def test_a_question_that_is_out_of_date_is_withdrawn(desk_page):
    desk_page.open(address("add", Event))
    question = "**/read-date/?text=2025&*"
    desk_page.route(question, lambda route: None)  # the answer never comes
    with desk_page.expect_request(question):
        write(desk_page, "2025")

    with desk_page.expect_event("requestfailed") as withdrawn:
        write(desk_page, "2026")

    assert "text=2025&" in withdrawn.value.url
    expect(lines(desk_page).first).to_have_text("English: 2026")


def test_rows_that_are_added_later_have_a_box_that_reads(desk_page):
    count = make_member_count(as_of="2020")
    desk_page.open(address("change", count.site, count.site_id))
    desk_page.locator("#member_counts-group .add-row a").click()

    desk_page.locator("#id_member_counts-1-as_of").press_sequentially("tardor 2025")

    rows = desk_page.locator("#member_counts-group .dynamic-member_counts")
    expect(rows.nth(1).locator(".date-reading-line").first).to_have_text("English: Autumn 2025 (Sep–Nov)")
    assert rows.nth(1).locator("output").is_visible()
    # A table of many rows stays low until somebody writes in one.
    assert not rows.nth(0).locator("output").is_visible()


def test_who_was_signed_out_is_told_so(desk_page):
    desk_page.open(address("add", Event))
    desk_page.context.clear_cookies()

    write(desk_page, "2025")

    expect(desk_page.locator(".field-date output")).to_have_text(
        "You are signed out. Copy what you wrote before you leave this page, then sign in again."
    )


def test_a_broken_line_is_told_quietly(desk_page):
    desk_page.open(address("add", Event))
    desk_page.context.set_offline(True)

    write(desk_page, "2025")

    expect(desk_page.locator(".field-date output")).to_have_text(
        "The date could not be read just now. It will be read when you save."
    )
    desk_page.context.set_offline(False)
    desk_page.errors.clear()  # the browser itself reports the request that failed


@pytest.mark.parametrize("width", [360, 1280])
def test_the_form_is_as_wide_as_its_window(desk_page, width):
    event = make_event(date="2025-12-30/2026-01-02")
    desk_page.set_viewport_size({"width": width, "height": 800})
    desk_page.open(address("change", event, event.pk))
    desk_page.fill("#id_date", "x" * 120)
    expect(desk_page.locator(".field-date output")).to_contain_text("Not understood.")

    assert desk_page.evaluate("document.documentElement.scrollWidth") == width
    assert desk_page.locator(".field-date .date-box").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_without_a_script_the_stored_date_is_read_all_the_same(desk_page, browser, live_server):
    event = make_event(date="2025-23")
    context = browser.new_context(java_script_enabled=False, storage_state=desk_page.context.storage_state())
    page = context.new_page()
    page.goto(live_server.url + address("change", event, event.pk))

    assert page.input_value("#id_date") == "Autumn 2025"
    expect(lines(page).first).to_have_text("English: Autumn 2025 (Sep–Nov)")
    context.close()
