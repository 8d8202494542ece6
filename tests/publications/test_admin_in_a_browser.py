"""A publication gets its files without leaving its form: the "+" beside a document opens a small form for one."""

import pytest
from playwright.sync_api import expect

from publications.models import Document, Publication
from tests.accessibility import axe_violations
from tests.admin.conftest import desk_page
from tests.admin.forms import address
from tests.factories import make_document, make_publication
from tests.publications import pdfs

__all__ = ["desk_page"]
pytestmark = pytest.mark.django_db(transaction=True)
NO_PDF = "This file is no PDF, whatever its name says. Open it in the program it comes from and export it."


@pytest.fixture
def files(tmp_path):
    """Paths on the editor's disk: a PDF, and a page of HTML that is called one."""
    good, bad = tmp_path / "Gutuna.pdf", tmp_path / "page.pdf"
    good.write_bytes(pdfs.tagged_pdf("Hiri hezitzaileen gutuna", language="eu"))
    bad.write_bytes(b"<html>")
    return {"good": good, "bad": bad}


def last_row(page):
    return page.locator("#files-group tr.dynamic-files").last


def opened_by_plus(page, row):
    with page.expect_popup() as opened:
        row.get_by_role("link", name="Add another document").click()
    popup = opened.value
    popup.errors = []
    popup.on("pageerror", lambda error: popup.errors.append(str(error)))
    popup.wait_for_load_state("networkidle")
    return popup


def upload(popup, file):
    popup.locator("#id_file").set_input_files([file])
    popup.get_by_role("button", name="Save").first.click()


def test_a_document_that_is_added_in_the_popup_stands_chosen_in_the_row_and_is_published(desk_page, files):
    publication = make_publication(title_en="Charter", files={})
    desk_page.open(address("change", publication, publication.pk))
    desk_page.locator("#files-group .add-row a").click()
    row = last_row(desk_page)
    row.locator("select[name$=-language]").select_option("eu")
    popup = opened_by_plus(desk_page, row)

    upload(popup, files["bad"])
    expect(popup.locator(".errorlist").first).to_have_text(NO_PDF)
    assert (popup.errors, Document.objects.count()) == ([], 0)
    assert axe_violations(popup, "#content") == []

    with popup.expect_event("close"):
        upload(popup, files["good"])
    document = Document.objects.get()
    chosen = row.locator("select[name$=-document]")
    expect(chosen).to_have_value(str(document.pk))
    assert chosen.locator("option:checked").inner_text() == str(document)
    desk_page.locator("input[name=_save]").first.click()
    desk_page.wait_for_url("**/publication/")

    assert list(Publication.objects.get().files.values_list("language", "document")) == [("eu", document.pk)]


def test_a_popup_without_a_file_says_so_and_one_that_is_closed_changes_nothing(desk_page):
    publication = make_publication(title_en="Charter", files={"en": make_document()})
    desk_page.open(address("change", publication, publication.pk))
    row = desk_page.locator("#files-group tr.has_original")
    before = row.locator("select[name$=-document]").input_value()
    popup = opened_by_plus(desk_page, row)

    popup.locator("#id_file").evaluate("box => box.removeAttribute('required')")
    popup.get_by_role("button", name="Save").first.click()
    expect(popup.locator(".errorlist").first).to_have_text("This field is required.")
    popup.close()

    assert row.locator("select[name$=-document]").input_value() == before
    assert Document.objects.count() == 1


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_rows_of_files_documents_and_the_popup_are_accessible_and_fit(desk_page, scheme, width):
    documents = {code: make_document() for code in ("en", "eu", "ar")}
    publication = make_publication(title_en="Charter of Educating Cities", files=documents)
    desk_page.emulate_media(color_scheme=scheme)
    desk_page.set_viewport_size({"width": width, "height": 800})
    # Of the form, the rows of files: what stands above them is looked at for every kind of item.
    pages = {
        address("change", publication, publication.pk): "#files-group tbody",
        address("change", documents["en"], documents["en"].pk): "#content",
        address("add", Document) + "?_popup=1&_to_field=id": "#content",
    }
    for path, part in pages.items():
        desk_page.open(path)
        assert axe_violations(desk_page, part) == []
        desk_page.errors.clear()  # axe's own styles, which the policy blocks
        assert desk_page.evaluate("document.documentElement.scrollWidth") == width
