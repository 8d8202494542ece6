"""The picture library in a real browser: dropping files, describing them, and choosing one in the text editor."""

import base64
from contextlib import suppress

import pytest
from django.urls import reverse
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from news.models import Post
from pictures.models import Picture, PictureInText
from tests.accessibility import axe_violations
from tests.admin.forms import address
from tests.factories import make_post
from tests.pictures.factories import make_picture, picture_bytes
from tests.pictures.hostile import SVG

pytestmark = pytest.mark.django_db(transaction=True)
LIST = reverse("admin:pictures_picture_changelist")
DESCRIBE = reverse("admin:pictures_picture_describe")
DROP = """files => {
  const transfer = new DataTransfer();
  for (const [name, type, data] of files) {
    transfer.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name, {type}));
  }
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.querySelector("#content").dispatchEvent(
      new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
  }
}"""


def dropped(page, **files):
    page.evaluate(DROP, [[name, "image/jpeg", base64.b64encode(data).decode()] for name, data in files.items()])


# Of the pages that Django's admin makes, our part.
PARTS = {"list": ".adding", "change": ".field-where_used", "delete": ".picture-in-use"}


def violations(page, part=None):
    """The page has no errors of its own; axe's styles, which the policy blocks, are none of them."""
    assert page.errors == []
    found = axe_violations(page)
    page.errors.clear()
    if part is None:
        return found
    inside = page.evaluate("part => document.querySelector(part).outerHTML", part)
    return [line for line in found if line.split(": ", 3)[-1].split(": ", 1)[-1][:60] in inside]


def results(page):
    return page.locator("[data-adding-files] li").all_inner_texts()


def test_dropped_files_go_in_one_by_one_and_are_described_in_one_page(desk_page):
    desk_page.open(LIST)
    dropped(desk_page, **{"Town hall.jpg": picture_bytes(), "drawing.svg": SVG, "River.png": picture_bytes("PNG")})

    expect(desk_page.locator("[data-adding-summary]")).to_have_text("2 added, 1 refused")
    said = [text.split("\n")[-1] for text in results(desk_page)]
    assert (said[0].endswith("added"), said[2].endswith("added")) == (True, True)
    assert "not a JPEG, PNG, WebP or AVIF picture" in said[1]
    assert violations(desk_page, PARTS["list"]) == []

    desk_page.get_by_role("link", name="Write texts and credits").click()
    desk_page.wait_for_url("**/describe/?pictures=*")
    assert violations(desk_page) == []
    desk_page.locator("#id_form-0-alt").fill("A river")
    desk_page.locator("#id_form-1-alt").fill("A town hall")
    desk_page.locator("#id_all-credit").fill("© Granollers")
    desk_page.get_by_role("button", name="Save all").click()

    expect(desk_page.locator(".messagelist")).to_have_text("2 pictures were changed.")
    assert sorted(Picture.objects.values_list("title", "alt_en", "credit")) == [
        ("River", "A river", "© Granollers"),
        ("Town hall", "A town hall", "© Granollers"),
    ]


def test_chosen_files_go_the_same_way_and_a_large_one_is_not_even_sent(desk_page, tmp_path):
    desk_page.open(LIST)
    small, large = tmp_path / "small.jpg", tmp_path / "large.jpg"
    small.write_bytes(picture_bytes())
    large.write_bytes(picture_bytes() + b"0" * 15 * 1024 * 1024)
    requests = []
    desk_page.on("request", lambda request: requests.append(request.method))
    desk_page.locator("#id_files").set_input_files([large, small])

    expect(desk_page.locator("[data-adding-summary]")).to_have_text("1 added, 1 refused")
    assert "larger than 15 MB" in results(desk_page)[0]
    assert requests.count("POST") == 1


def test_the_form_works_without_a_script(desk_page, browser, live_server, tmp_path):
    file = tmp_path / "square.jpg"
    file.write_bytes(picture_bytes())
    context = browser.new_context(java_script_enabled=False, storage_state=desk_page.context.storage_state())
    page = context.new_page()
    page.goto(live_server.url + LIST)
    page.locator("#id_files").set_input_files([file, file])
    page.get_by_role("button", name="Add", exact=True).click()

    expect(page.locator(".messagelist")).to_have_text("2 pictures were added.")
    assert Picture.objects.count() == 2
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_its_pages_are_accessible_and_fit_a_phone(desk_page, scheme, width):
    picture = make_picture(alt_en="", title="A picture with a name that is rather long")
    make_post(picture=picture)
    desk_page.emulate_media(color_scheme=scheme)
    desk_page.set_viewport_size({"width": width, "height": 800})
    pages = {
        DESCRIBE: None,
        reverse("admin:pictures_picture_choose") + "?CKEditor=id_body_en&CKEditorFuncNum=1": None,
        address("change", picture, picture.pk): PARTS["change"],
        address("delete", picture, picture.pk): PARTS["delete"],
        LIST: PARTS["list"],
    }
    for path, part in pages.items():
        desk_page.open(path)
        assert violations(desk_page, part) == []
        if path != LIST:  # whose table scrolls by itself
            assert desk_page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_picture_is_chosen_in_the_dialog_of_the_editor_with_the_keyboard(desk_page):
    picture = make_picture(alt_es="Una plaza")
    post = make_post(title_es="Noticia", source_language="es", body_es="<p>Texto</p>")
    desk_page.open(address("change", post, post.pk))
    desk_page.locator(".language-bar label", has_text="ES").first.click()
    desk_page.locator("#cke_id_body_es .cke_button__image").click()
    with desk_page.expect_popup() as opened:
        desk_page.get_by_role("button", name="Choose from the library").click()
    library = opened.value
    library.wait_for_load_state("networkidle")
    assert axe_violations(library) == []
    library.locator("#choosing-words").focus()
    library.keyboard.press("Tab")
    library.keyboard.press("Tab")
    with library.expect_event("close"), suppress(PlaywrightError):  # it closes before the key is up again
        library.keyboard.press("Enter")

    dialog = desk_page.locator(".cke_dialog:visible")
    expect(dialog.get_by_label("URL")).to_have_value(picture.library_address)
    expect(dialog.get_by_label("Alternative Text")).to_have_value("Una plaza")
    dialog.get_by_role("button", name="OK").click()
    desk_page.locator("input[name=_continue]").first.click()
    desk_page.wait_for_load_state("networkidle")

    body = Post.objects.get().body_es
    assert f'src="{picture.library_address}"' in body
    assert 'alt="Una plaza"' in body
    assert PictureInText.objects.get().picture == picture
