"""What may become a document: PDFs that are nothing else, do nothing by themselves and cost nothing to read."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from publications import uploads
from publications.models import Document
from publications.pdf_reading import text_in
from publications.uploads import inspect
from tests.factories import make_document
from tests.publications import pdfs

REFUSED = {
    "not_a_pdf": [b"", b"<html>%PDF-1.7", b"PK\x03\x04", b" " + pdfs.pdf()],
    "damaged": [pdfs.pdf()[:300], b"%PDF-1.7\n%%EOF", pdfs.pdf(pages=0), pdfs.endless_pages()],
    "disguised": [
        pdfs.pdf() + b"<script>alert(1)</script>" * 100,
        pdfs.pdf().replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<script >alert(1)</script>\n"),
    ],
    "encrypted": [pdfs.encrypted()],
    "javascript": [pdfs.with_script(), pdfs.with_escaped_script()],
    "launch": [pdfs.with_action("/Launch", F="calc.exe")],
    "sends": [pdfs.with_action("/SubmitForm", F="https://example.org/")],
    "embedded": [pdfs.with_attachment()],
    "media": [pdfs.with_film()],
    "xfa": [pdfs.with_xfa()],
    "too_many_pages": [pdfs.pdf(pages=1001)],
}


@pytest.mark.parametrize(("code", "content"), [(code, one) for code, several in REFUSED.items() for one in several])
def test_what_is_no_plain_pdf_is_refused_with_the_reason(code, content):
    with pytest.raises(ValidationError) as refused:
        inspect(content)

    assert [error.code for error in refused.value.error_list] == [code]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100)

    with pytest.raises(ValidationError) as refused:
        inspect(pdfs.pdf())

    assert refused.value.error_list[0].code == "too_many_bytes"


def test_the_facts_of_a_file_come_from_the_file():
    content = pdfs.tagged_pdf("Words", language="eu")
    facts = inspect(content)

    assert (facts.size, facts.pages, facts.is_tagged, facts.language) == (len(content), 1, True, "eu")
    assert facts.digest == hashlib.sha256(content).hexdigest()
    assert inspect(pdfs.pdf(pages=24)).pages == 24


def test_a_page_that_grows_without_end_costs_its_own_process_alone():
    assert text_in(pdfs.bomb(megabytes=200)) == ""


@pytest.mark.django_db
def test_every_way_into_the_storage_looks_at_the_file():
    with pytest.raises(ValidationError):
        make_document(pdfs.with_script())
    document = make_document()
    with pytest.raises(ValidationError):
        document.file.save("a.pdf", ContentFile(pdfs.with_attachment()))

    assert Document.objects.get().digest == document.digest


@pytest.mark.django_db
def test_a_file_lies_under_a_name_that_tells_nothing_and_is_not_served_from_there(client):
    name = make_document(title="Secret plans").file.name

    folder, start, token = name.removesuffix(".pdf").split("/")
    assert (folder, token[:2], len(token)) == ("documents", start, 32)
    assert default_storage.exists(name)
    assert client.get(f"/media/{name}").status_code == 404
