"""The language bar of the forms, in a real browser."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from agenda.models import Event
from tests.admin.forms import address
from tests.factories import make_edition, make_event, make_recognition

pytestmark = pytest.mark.django_db(transaction=True)


def counts(page):
    return page.locator(".language-bar label:has(.language-bar-count)").evaluate_all(
        "labels => labels.map(l => l.querySelector('.language-bar-code').textContent"
        " + ' ' + l.querySelector('.language-bar-count').textContent)"
    )


def choose(page, code):
    page.locator(".language-bar label", has_text=code).first.click()


def shown(page, field):
    """The languages in which a field is to be seen."""
    return [code for code, name in settings.LANGUAGES if page.locator(f".field-{field}_{code}").first.is_visible()]


def test_one_language_is_shown_and_the_choice_is_remembered(desk_page):
    event = make_event(title_en="Day", title_es="Día", summary_en="A day.", body_en="<p>Text</p>")
    desk_page.open(address("change", event, event.pk))

    assert shown(desk_page, "title") == ["en"]
    assert counts(desk_page) == ["EN 3/4", "ES 1/4", "FR 0/4", "CA 0/4", "PT 0/4"]

    choose(desk_page, "ES")
    assert shown(desk_page, "title") == shown(desk_page, "body") == ["es"]

    desk_page.open(address("add", Event))
    assert shown(desk_page, "title") == ["es"]

    choose(desk_page, "All")
    assert shown(desk_page, "title") == ["en", "es", "fr", "ca", "pt"]


def test_the_bar_is_worked_with_the_arrow_keys(desk_page):
    desk_page.open(address("add", Event))
    desk_page.locator(".language-bar input:checked").focus()

    desk_page.keyboard.press("ArrowRight")
    assert shown(desk_page, "title") == ["es"]
    desk_page.keyboard.press("ArrowLeft")
    desk_page.keyboard.press("ArrowLeft")
    assert shown(desk_page, "title") == ["en", "es", "fr", "ca", "pt"]


def test_the_bar_tells_a_screen_reader_what_it_shows(desk_page):
    event = make_event(title_en="Day", title_es="Día", source_language="es")
    desk_page.open(address("change", event, event.pk))

    group = desk_page.get_by_role("group", name="Languages shown in this form")
    names = [
        "English, 1 of 4 texts, everything that the original has",
        "Spanish, 1 of 4 texts, the original",
        "French, 0 of 4 texts",
    ]
    assert [group.get_by_role("radio", name=name, exact=True).count() for name in names] == [1, 1, 1]


def test_writing_counts_at_once_in_plain_fields_and_in_the_editor(desk_page):
    desk_page.open(address("add", Event))
    choose(desk_page, "FR")

    desk_page.fill("#id_title_fr", "Journée")
    desk_page.frame_locator("#cke_id_body_fr iframe").locator("body").type("Bonjour")

    expect(desk_page.locator(".language-bar-count").nth(2)).to_have_text("2/4")


def test_the_language_of_an_error_opens_and_what_was_typed_is_there(desk_page):
    desk_page.open(address("add", Event))
    desk_page.select_option("#id_source_language", "pt")
    desk_page.fill("#id_date", "2026")
    desk_page.fill("#id_title_en", "Day")
    desk_page.locator("[name=_save]").first.click()
    desk_page.wait_for_load_state("networkidle")

    assert shown(desk_page, "title") == ["pt"]
    assert desk_page.locator(".language-bar .has-error .language-bar-code").all_inner_texts() == ["PT"]
    assert desk_page.input_value("#id_title_en") == "Day"

    desk_page.fill("#id_title_pt", "Dia")
    desk_page.locator("[name=_save]").first.click()
    desk_page.wait_for_url("**" + address("changelist", Event))
    event = Event.objects.get()
    assert (event.title_en, event.title_pt, event.source_language) == ("Day", "Dia", "pt")


def test_columns_of_inlines_and_rows_added_later_follow(desk_page):
    edition = make_recognition(edition=make_edition()).edition
    desk_page.open(address("change", edition, edition.pk))
    choose(desk_page, "CA")

    desk_page.locator("#recognitions-group .add-row a").click()

    headings = desk_page.locator("#recognitions-group th[class*=column-project]:visible")
    assert headings.all_inner_texts() == ["Project [ca]"]
    assert desk_page.locator("#id_recognitions-1-project_ca").is_visible()
    assert not desk_page.locator("#id_recognitions-1-project_en").is_visible()
    expect(desk_page.locator(".language-bar-count").nth(3)).to_have_text("0/5")


def test_without_a_script_every_language_is_there(desk_page, browser, live_server):
    context = browser.new_context(java_script_enabled=False, storage_state=desk_page.context.storage_state())
    page = context.new_page()
    page.goto(live_server.url + address("add", Event))

    assert shown(page, "title") == ["en", "es", "fr", "ca", "pt"]
    assert not page.locator(".language-bar").is_visible()
    context.close()
