"""The editor of rich text on light and on dark paper: what is written, its tools and its dialogs can be read."""

import pytest

from tests.accessibility import axe_violations
from tests.admin.forms import address
from tests.factories import make_page
from tests.test_contrast import SCHEMES, luminance

pytestmark = pytest.mark.django_db(transaction=True)

COLOURS = """element => {
  const rgb = (value) => value.match(/[\\d.]+/g).map(Number);
  const text = getComputedStyle(element).color;
  for (let at = element; at; at = at.parentElement) {
    const paper = getComputedStyle(at).backgroundColor;
    if ((rgb(paper)[3] ?? 1) > 0) return [text, paper];
  }
  return [text, null];
}"""


def contrast(element):
    text, paper = element.evaluate(COLOURS)
    first, second = sorted((luminance(hexadecimal(colour)) for colour in (text, paper)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def hexadecimal(colour):
    numbers = colour.partition("(")[2].rstrip(")").replace(",", " ").split()[:3]
    return "#" + "".join(f"{int(number):02x}" for number in numbers)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_tools_and_dialogs_can_be_read(desk_page, scheme):
    text = '<h2>Head</h2><p>Text with <a href="/en/">a link</a>.</p><table><tr><td>cell</td></tr></table>'
    item = make_page(body_en=text)
    desk_page.emulate_media(color_scheme=scheme)
    desk_page.open(address("change", item, item.pk))
    desk_page.wait_for_function("window.CKEDITOR && CKEDITOR.instances.id_body_en?.status === 'ready'")
    editor = desk_page.locator("#cke_id_body_en")
    inside = desk_page.frame_locator("#cke_id_body_en iframe.cke_wysiwyg_frame")

    paper = inside.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert hexadecimal(paper) == SCHEMES[scheme]["colour-raised"]
    read = [inside.locator(name).first for name in ("h2", "p", "a", "td")]
    read += [editor.locator(name).first for name in (".cke_combo_text", ".cke_button__source_label")]
    assert [element.evaluate("it => it.className || it.tagName") for element in read if contrast(element) < 4.5] == []

    editor.locator(".cke_button__link").click()
    dialog = desk_page.locator(".cke_editor_id_body_en_dialog:visible .cke_dialog").first
    for name in (
        "label:visible",
        "input:visible",
        "select:visible",
        "a.cke_dialog_ui_button span",
        ".cke_dialog_title",
    ):
        assert contrast(dialog.locator(name).first) >= 4.5, name
    desk_page.locator(".cke_dialog_ui_button_cancel:visible").first.click()
    editor.locator(".cke_button__specialchar").click()
    assert contrast(desk_page.locator(".cke_dark_background a span").first) >= 4.5


def test_a_form_on_dark_paper_has_no_fault_that_a_machine_finds(desk_page):
    item = make_page(body_en="<p>Text</p>")
    desk_page.emulate_media(color_scheme="dark")
    desk_page.open(address("change", item, item.pk))

    assert axe_violations(desk_page, ".submit-row") == []


def test_the_picture_dialog_asks_for_nothing_that_is_not_kept(desk_page):
    item = make_page(body_en="<p>Text</p>")
    desk_page.open(address("change", item, item.pk))
    desk_page.wait_for_function("window.CKEDITOR && CKEDITOR.instances.id_body_en?.status === 'ready'")
    desk_page.locator("#cke_id_body_en .cke_button__image").click()
    dialog = desk_page.locator(".cke_editor_id_body_en_dialog")
    dialog.get_by_role("button", name="Choose from the library").wait_for()

    labels = dialog.locator("label:visible").all_inner_texts()
    assert [text.rstrip("*") for text in labels] == ["URL", "Alternative Text"]
