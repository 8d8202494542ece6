"""The addresses of files: the same for good, exactly what is public, whole or in part."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.http import http_date

from publications.models import PublicationFile
from publishing.public_page import CACHE_CONTROL
from tests.factories import make_document, make_publication
from tests.publications.pdfs import pdf

pytestmark = pytest.mark.django_db

EN = "/documents/charter/en.pdf"


@pytest.fixture
def charter():
    return make_publication(
        title_en="Charter", files={code: make_document(pdf(f"Charter in {code}")) for code in ("en", "eu", "pt-BR")}
    )


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_file_is_sent_as_it_was_uploaded_and_shown_in_the_browser(client, charter):
    response = client.get(EN)

    assert (response.status_code, body(response)) == (200, pdf("Charter in en"))
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition", "Content-Language")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'inline; filename="charter-en.pdf"',
        "Content-Language": "en",
    }
    assert response["Content-Length"] == str(len(pdf("Charter in en")))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == CACHE_CONTROL
    assert not response.cookies
    assert response["Link"] == ", ".join(
        f'<http://testserver/documents/charter/{path}.pdf>; rel="alternate"; hreflang="{code}"'
        for path, code in (("en", "en"), ("eu", "eu"), ("pt-br", "pt-BR"))
    )


def test_who_has_it_hears_that_it_is_as_it_was(client, charter):
    first = client.get(EN)
    document = charter.files.get(language="en").document

    assert first["ETag"] == f'"{document.digest[:32]}"'
    assert client.get(EN, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(EN, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


SIZE = len(pdf("Charter in en"))


@pytest.mark.parametrize(
    ("asked", "part", "described"),
    [
        ("bytes=0-7", slice(0, 8), f"bytes 0-7/{SIZE}"),
        ("bytes=10-", slice(10, None), f"bytes 10-{SIZE - 1}/{SIZE}"),
        ("bytes=-6", slice(-6, None), f"bytes {SIZE - 6}-{SIZE - 1}/{SIZE}"),
        (f"bytes=5-{'9' * 200}", slice(5, None), f"bytes 5-{SIZE - 1}/{SIZE}"),
    ],
)
def test_a_part_of_a_file_is_sent_alone(client, charter, asked, part, described):
    response = client.get(EN, headers={"Range": asked})

    expected = pdf("Charter in en")[part]
    assert (response.status_code, body(response), response["Content-Range"]) == (206, expected, described)
    assert response["Content-Length"] == str(len(expected))


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=7-3", "bytes=-0"])
def test_a_part_that_there_is_not_is_refused(client, charter, asked):
    response = client.get(EN, headers={"Range": asked})

    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=a-b"])
def test_what_is_no_single_part_means_the_whole_file(client, charter, asked):
    assert body(client.get(EN, headers={"Range": asked})) == pdf("Charter in en")


def test_a_part_of_an_older_file_is_answered_with_the_whole_new_one(client, charter):
    etag = client.get(EN)["ETag"]

    assert client.get(EN, headers={"Range": "bytes=0-7", "If-Range": etag}).status_code == 206
    assert client.get(EN, headers={"Range": "bytes=0-7", "If-Range": '"another"'}).status_code == 200
    assert client.get(EN, headers={"Range": "bytes=0-7", "If-Range": http_date(0)}).status_code == 200


def test_a_head_tells_the_length_and_sends_nothing(client, charter):
    response = client.head(EN)

    assert (response.status_code, response["Content-Length"], body(response)) == (200, str(SIZE), b"")


def test_another_document_in_the_place_of_a_file_keeps_its_address(client, charter):
    before = client.get(EN)
    file = charter.files.get(language="en")
    file.document = make_document(pdf("Charter, revised"))
    file.save()

    after = client.get(EN)
    assert body(after) == pdf("Charter, revised")
    assert after["ETag"] != before["ETag"]
    assert client.get(EN, headers={"If-None-Match": before["ETag"]}).status_code == 200
    assert (file.version, PublicationFile.objects.get(pk=file.pk).version) == (2, 2)


def test_a_file_has_the_same_address_whatever_its_publication_is_called(client, charter):
    charter.title_en, charter.slug_en = "Another title", "another-title"
    charter.save()

    assert client.get(EN).status_code == 200


def test_a_former_address_leads_to_the_present_one_for_good(client, charter):
    charter.file_address = "charter-of-educating-cities"
    charter.save()
    portuguese = charter.files.get(language="pt-BR")
    portuguese.language = "pt"
    portuguese.save()

    new = "/documents/charter-of-educating-cities"
    for old, path in (("en", "en"), ("eu", "eu"), ("pt-br", "pt"), ("pt", "pt")):
        response = client.get(f"/documents/charter/{old}.pdf")
        assert (response.status_code, response["Location"]) == (301, f"{new}/{path}.pdf")
    assert client.get("/documents/Charter-of-Educating-Cities/EN.pdf")["Location"] == f"{new}/en.pdf"
    assert make_publication(title_en="Charter").file_address == "charter-2"


@pytest.mark.parametrize(
    "state",
    [
        {"state": "draft"},
        {"publish_at": timezone.now() + timedelta(days=1)},
        {"withdraw_at": timezone.now() - timedelta(days=1)},
    ],
    ids=["draft", "scheduled", "withdrawn"],
)
def test_what_is_not_public_is_not_there(client, charter, state):
    for name, value in state.items():
        setattr(charter, name, value)
    charter.file_address = "moved"
    charter.save()

    for path in (EN, "/documents/moved/en.pdf", charter.get_absolute_url()):
        assert client.get(path).status_code == 404


def test_what_there_is_not_is_not_there(client, charter):
    assert client.get("/documents/charter/de.pdf").status_code == 404
    assert client.get("/documents/nothing/en.pdf").status_code == 404
    assert client.post(EN).status_code == 405
    default_storage.delete(charter.files.get(language="en").document.file.name)
    assert client.get(EN).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_a_file_costs_the_same_queries_beside_any_number_of_others(client, django_assert_num_queries, count):
    codes = ["en", "eu", "gl", "de", "it"][:count]
    make_publication(title_en="Charter", files={code: make_document() for code in codes})

    with django_assert_num_queries(2):  # publication, files with their documents
        assert client.get(EN).status_code == 200
