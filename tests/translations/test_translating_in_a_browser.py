"""The translator's page in a real browser: keys, and what was typed outlives a session."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from news.models import Post
from tests.accessibility import AXE, axe_violations
from tests.factories import make_post
from tests.translations.test_translator_page import page_of

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "#cke_id_body_es iframe"
DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('translator-draft:'))"


@pytest.fixture
def post(db):
    return make_post(title_en="News", title_es="Noticia", teaser_en="", body_en="<p>Text</p>")


def write_body(page, text):
    body = page.frame_locator(BODY).locator("body")
    body.click()
    body.press_sequentially(text)


def test_ctrl_enter_saves_and_the_memory_is_emptied(desk_page, post):
    desk_page.open(page_of(post))
    desk_page.fill("#id_title_es", "Novedad")
    write_body(desk_page, "Texto")
    assert len(desk_page.evaluate(DRAFTS)) == 1

    desk_page.keyboard.press("Control+Enter")  # within the editor

    expect(desk_page.locator(".messagelist")).to_have_text("Saved in Spanish: “Title” and “Text”.")
    assert Post.objects.values_list("title_es", "body_es").get() == ("Novedad", "<p>Texto</p>")
    assert desk_page.evaluate(DRAFTS) == []


def test_ctrl_shift_enter_saves_and_opens_the_next(desk_page, post):
    other = make_post(title_en="Other", body_en="")
    desk_page.open(page_of(post, kind="news.post"))
    desk_page.fill("#id_title_es", "Novedad")

    desk_page.keyboard.press("Control+Shift+Enter")

    desk_page.wait_for_url("**" + page_of(other, kind="news.post"))
    assert Post.objects.get(pk=post.pk).title_es == "Novedad"
    assert desk_page.evaluate(DRAFTS) == []


def test_what_was_typed_is_there_again_after_signing_in_again(desk_page, post, live_server):
    desk_page.open(page_of(post))
    desk_page.fill("#id_title_es", "Novedad")
    write_body(desk_page, "Texto")
    cookies = desk_page.context.cookies()
    expired = list(Session.objects.values())
    Session.objects.all().delete()
    Post.objects.update(title_es="Otra noticia")  # and somebody was faster

    desk_page.locator("[name=_save]").click()
    desk_page.wait_for_url("**/login/**")
    Session.objects.bulk_create(Session(**row) for row in expired)
    desk_page.context.add_cookies(cookies)
    desk_page.open(page_of(post))

    note = desk_page.locator(".translator-restored")
    expect(note).to_be_visible()
    assert note.locator("p").inner_text() == "Restored what you had typed. It is not saved yet."
    assert desk_page.input_value("#id_title_es") == "Novedad"
    expect(desk_page.frame_locator(BODY).locator("body")).to_have_text("Texto")

    desk_page.locator("[name=_save]").click()
    expect(desk_page.locator(".translator-conflict")).to_contain_text("Otra noticia")
    assert (Post.objects.get().title_es, desk_page.input_value("#id_title_es")) == ("Otra noticia", "Novedad")

    desk_page.locator("[name=_save]").click()
    expect(desk_page.locator(".messagelist")).to_contain_text("Saved in Spanish")
    assert Post.objects.values_list("title_es", "body_es").get() == ("Novedad", "<p>Texto</p>")


def test_what_was_restored_can_be_discarded(desk_page, post):
    desk_page.open(page_of(post))
    desk_page.fill("#id_title_es", "Novedad")
    write_body(desk_page, "Texto")
    desk_page.open(page_of(post))

    desk_page.get_by_role("button", name="Discard it").click()

    assert desk_page.input_value("#id_title_es") == "Noticia"
    expect(desk_page.frame_locator(BODY).locator("body")).to_have_text("")
    expect(desk_page.locator(".translator-restored")).to_be_hidden()
    desk_page.open(page_of(post))
    expect(desk_page.locator(".translator-restored")).to_be_hidden()


def test_looking_is_not_typing(desk_page, post):
    Post.objects.update(body_es="<p>Uno</p>\n<p>dos</p>")
    desk_page.open(page_of(post))
    desk_page.frame_locator(BODY).locator("body").click()

    assert desk_page.evaluate(DRAFTS) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_and_are_accessible(desk_page, post, width):
    if not AXE.exists():
        pytest.skip("axe-core is missing; `make test` fetches it.")
    address = page_of(post)
    Post.objects.update(title_en="The news")
    desk_page.set_viewport_size({"width": width, "height": 800})
    for path in (address, "/admin/translations/translateditem/"):
        desk_page.open(path)
        assert desk_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert [line for line in axe_violations(desk_page) if "cke_" not in line] == []


def test_the_page_works_without_a_script(desk_page, browser, live_server, post):
    context = browser.new_context(java_script_enabled=False, storage_state=desk_page.context.storage_state())
    page = context.new_page()
    page.goto(live_server.url + page_of(post))
    page.fill("#id_body_es", "<p>Texto</p>")
    page.locator("[name=_save]").click()

    expect(page.locator(".messagelist")).to_have_text("Saved in Spanish: “Text”.")
    assert Post.objects.get().body_es == "<p>Texto</p>"
    context.close()


def test_who_signed_in_again_in_another_window_is_told_and_loses_nothing(desk_page, post):
    desk_page.open(page_of(post))
    desk_page.fill("#id_title_es", "Novedad")
    token = next(cookie for cookie in desk_page.context.cookies() if cookie["name"] == "csrftoken")
    desk_page.context.add_cookies([token | {"value": "n" * 32}])  # as signing in makes it anew

    with desk_page.expect_response(lambda answer: answer.request.method == "POST") as refused:
        desk_page.locator("[name=_save]").click()
    desk_page.get_by_role("link", name="Open the page once more").click()

    assert refused.value.status == 403
    expect(desk_page.locator(".translator-restored")).to_be_visible()
    assert desk_page.input_value("#id_title_es") == "Novedad"
    desk_page.locator("[name=_save]").click()
    expect(desk_page.locator(".messagelist")).to_have_text("Saved in Spanish: “Title”.")
    # The browser's own line about the refusal.
    assert [line for line in desk_page.errors if "403" not in line] == []
    desk_page.errors.clear()
