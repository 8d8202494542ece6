"""A conflict settled with the keyboard, and a form that outlives its session, in a real browser."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from agenda.models import Event
from tests.accessibility import axe_violations
from tests.admin.forms import address
from tests.desk.conftest import signed_in
from tests.desk.test_edit_conflicts import opened, saved
from tests.factories import make_event

pytestmark = pytest.mark.django_db(transaction=True)


def save(page, name="_save"):
    with page.expect_navigation(wait_until="networkidle"):
        page.locator(f"[name={name}]").first.click()


def test_a_conflict_is_shown_in_its_language_and_settled_with_the_keyboard(desk_page):
    anna = signed_in("anna", first_name="Anna", last_name="Puig")
    event = make_event(title_en="Day", title_es="Día de la ciudad", body_es="<p>Uno</p>")
    desk_page.open(address("change", event, event.pk))
    desk_page.locator(".language-bar label", has_text="ES").first.click()
    desk_page.fill("#id_title_es", "Gran día de la ciudad")
    saved(anna, event, opened(anna, event), title_es="Día de las ciudades", title_en="Day of cities")

    save(desk_page)

    box = desk_page.get_by_role("group", name="“Title [es]” was changed by somebody else too")
    expect(box).to_be_visible()
    expect(box.locator("ins").last).to_contain_text("las ciudades")
    assert desk_page.input_value("#id_title_es") == "Gran día de la ciudad"
    assert axe_violations(desk_page) == []
    box.get_by_role("radio", name="keep mine").focus()
    desk_page.keyboard.press("ArrowRight")
    assert box.get_by_role("radio", name="take theirs").is_checked()
    desk_page.keyboard.press("ArrowLeft")
    save(desk_page)
    event.refresh_from_db()
    assert (event.title_es, event.title_en) == ("Gran día de la ciudad", "Day of cities")


def test_what_was_typed_outlives_the_session(desk_page):
    event = make_event(title_en="Day", body_en="<p>Short</p>")
    desk_page.open(address("change", event, event.pk))
    desk_page.fill("#id_title_en", "Great day")
    desk_page.frame_locator("#cke_id_body_en iframe").locator("body").fill("A long text")
    cookies = desk_page.context.cookies()
    desk_page.context.clear_cookies(name="sessionid")
    kept_session = Session.objects.get().session_key

    save(desk_page)
    assert "/login/" in desk_page.url

    desk_page.context.add_cookies([cookie for cookie in cookies if cookie["value"] == kept_session])
    desk_page.open(address("change", event, event.pk))
    with desk_page.expect_navigation(wait_until="networkidle"):
        desk_page.get_by_role("button", name="Bring it back").click()
    assert desk_page.input_value("#id_title_en") == "Great day"
    expect(desk_page.frame_locator("#cke_id_body_en iframe").locator("body")).to_have_text("A long text")
    assert axe_violations(desk_page) == []
    assert Event.objects.get().title_en == "Day"

    save(desk_page, "_continue")
    event.refresh_from_db()
    assert (event.title_en, event.body_en) == ("Great day", "<p>A long text</p>")
    assert desk_page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('form-memory'))") == []
    expect(desk_page.get_by_role("button", name="Bring it back")).to_be_hidden()


def test_a_form_that_nobody_touched_offers_nothing(desk_page):
    event = make_event(title_en="Day", body_en="<p>Short</p>")
    for _ in range(2):
        desk_page.open(address("change", event, event.pk))
        desk_page.wait_for_timeout(1200)

        expect(desk_page.get_by_role("button", name="Bring it back")).to_be_hidden()
