"""The desk: documents are looked at when they arrive, publications when they are published, and borders hold."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from desk.models import WorkingCopy
from iaec_site.roles import NETWORK_EDITOR, TRANSLATOR
from publications.leftovers import remove_given_up_files
from publications.models import Document, GivenUpFile, Publication, PublicationFile
from tests.admin.forms import address, as_it_stands, errors_of
from tests.desk.conftest import desk, desk_page, in_role
from tests.factories import make_document, make_network, make_network_editor, make_publication
from tests.publications import pdfs

__all__ = ["desk", "desk_page", "in_role"]
pytestmark = pytest.mark.django_db


def upload(content, name="charter.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def add_document(client, content, **fields):
    return client.post(address("add", Document), {"file": upload(content), "title": "", "network": ""} | fields)


def rows(*files):
    """The rows of files of a form, [(id, language, document), …]."""
    data = {"files-INITIAL_FORMS": [sum(bool(pk) for pk, *_ in files)], "files-TOTAL_FORMS": [len(files)]}
    data |= {"files-MIN_NUM_FORMS": ["0"], "files-MAX_NUM_FORMS": ["1000"]}
    for number, (pk, language, document) in enumerate(files):
        data[f"files-{number}-id"] = [str(pk or "")]
        data[f"files-{number}-language"] = [language]
        data[f"files-{number}-document"] = [str(document.pk)]
    return data


def test_a_document_is_added_with_the_facts_of_its_file(desk):
    content = pdfs.tagged_pdf(language="eu")
    assert add_document(desk, content).status_code == 302

    document = Document.objects.get()
    assert (document.title, document.size, document.pages, document.is_tagged) == ("charter", len(content), 1, True)
    page = desk.get(address("change", document, document.pk))
    assert "Open the file" in page.content.decode()
    assert "file" not in page.context["adminform"].form.fields


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html>", "This file is no PDF, whatever its name says."),
        (pdfs.with_script(), "This PDF contains a program (JavaScript)."),
        (pdfs.encrypted(), "This PDF is protected by a password or by restrictions."),
    ],
)
def test_a_bad_file_comes_back_with_the_reason_and_leaves_nothing(desk, content, reason):
    response = add_document(desk, content)

    (error,) = errors_of(response)["file"]
    assert error.startswith(reason)
    assert not Document.objects.exists()


def test_a_publication_is_made_with_its_files_and_published_at_once(desk):
    form = as_it_stands(desk.get(address("add", Publication)))
    files = rows((None, "en", make_document()), (None, "eu", make_document()))
    form |= files | {"title_en": "Charter", "state": "published", "source_language": "en"}

    assert desk.post(address("add", Publication), form).status_code == 302
    publication = Publication.objects.get()
    assert [file.language for file in publication.files.all()] == ["en", "eu"]
    assert (publication.file_address, publication.is_public()) == ("charter", True)


def test_without_anything_to_read_it_is_not_published(desk):
    publication = make_publication(state="draft", files={})
    form = as_it_stands(desk.get(address("change", publication, publication.pk))) | {"state": ["published"]}

    response = desk.post(address("change", publication, publication.pk), form)
    assert response.status_code == 200
    assert "There is nothing to read" in str(errors_of(response))
    desk.post(address("change", publication, publication.pk), form | rows((None, "en", make_document())))
    assert Publication.objects.get().state == "published"


def test_advice_is_given_on_what_a_reader_would_stumble_over(desk):
    publication = make_publication(state="draft", files={"en": make_document(pdfs.tagged_pdf(language="eu"))})
    publication.files.create(language="es", document=make_document(pdfs.pdf()))
    make_publication(title_en="Elsewhere", files={"en": make_document(pdfs.pdf())})

    shown = desk.get(address("change", publication, publication.pk)).context["findings"]

    assert {found.matter for found in shown} >= {
        "document_in_another_language",
        "document_not_tagged",
        "document_twice",
    }


def test_a_row_is_replaced_in_a_working_copy_and_the_public_file_stays_until_it_is_published(desk, client):
    publication = make_publication(title_en="Charter", files={"en": make_document(pdfs.pdf("Old"))})
    row, new = publication.files.get(), make_document(pdfs.pdf("New"))
    change = address("change", publication, publication.pk)
    form = as_it_stands(desk.get(change)) | {"title_en": ["Charter, new"]}
    form |= rows((row.pk, "en", new), (None, "gl", make_document()))

    desk.post(change, form | {"_save_draft": "1"})

    assert WorkingCopy.objects.count() == 1
    assert b"".join(client.get("/documents/charter/en.pdf").streaming_content) == pdfs.pdf("Old")
    assert client.get("/documents/charter/gl.pdf").status_code == 404
    reopened = as_it_stands(desk.get(change))
    assert (reopened["title_en"], reopened["files-0-document"]) == (["Charter, new"], [str(new.pk)])
    assert reopened["files-1-language"] == ["gl"]

    desk.post(change, reopened | {"_publish": "1"})

    assert b"".join(client.get("/documents/charter/en.pdf").streaming_content) == pdfs.pdf("New")
    assert client.get("/documents/charter/gl.pdf").status_code == 200
    assert PublicationFile.objects.get(pk=row.pk).version == 2


def test_the_preview_shows_files_that_nobody_else_can_have(desk, client):
    publication = make_publication(state="draft", title_en="Charter", files={"eu": make_document()})
    form = as_it_stands(desk.get(address("change", publication, publication.pk)))

    page = desk.post(address("preview", publication, publication.pk), form)

    assert "Euskara" in page.content.decode()
    assert client.get("/documents/charter/eu.pdf").status_code == 404
    document = publication.files.get().document
    assert desk.get(f"/admin/publications/document/{document.pk}/file/")["Content-Type"] == "application/pdf"


def test_one_language_has_one_file(desk):
    publication = make_publication(files={"en": make_document()})
    change = address("change", publication, publication.pk)
    form = as_it_stands(desk.get(change))
    row = publication.files.get()

    response = desk.post(change, form | rows((row.pk, "en", row.document), (None, "EN", make_document())))

    assert response.status_code == 200
    assert PublicationFile.objects.count() == 1


def test_a_network_editor_works_within_the_own_networks(client):
    own, foreign = make_network(), make_network()
    user = make_network_editor(own).user
    user.is_superuser, user.is_staff = False, True
    user.save()
    user.groups.set(Group.objects.filter(name=NETWORK_EDITOR))
    client.force_login(user)
    mine, theirs = make_publication(), make_publication()
    mine.networks.add(own)
    theirs.networks.add(foreign)
    theirs_document = make_document(network=foreign)

    assert client.get(address("change", mine, mine.pk)).status_code == 200
    assert client.get(address("change", theirs, theirs.pk)).status_code == 403
    assert client.get(f"/admin/publications/document/{theirs_document.pk}/file/").status_code == 403
    form = as_it_stands(client.get(address("change", mine, mine.pk)))
    row = mine.files.get()
    refused = client.post(
        address("change", mine, mine.pk), form | rows((row.pk, "en", row.document), (None, "eu", theirs_document))
    )
    assert refused.status_code == 200
    kept = client.post(
        address("change", mine, mine.pk),
        form | rows((row.pk, "en", row.document), (None, "eu", make_document(network=own))),
    )
    assert (kept.status_code, mine.files.count()) == (302, 2)


def test_a_translator_opens_files_and_changes_none(in_role):
    client, document = in_role(TRANSLATOR), make_document()

    assert client.get(f"/admin/publications/document/{document.pk}/file/").status_code == 200
    assert client.get(address("add", Document)).status_code == 403
    client.logout()
    assert client.get(f"/admin/publications/document/{document.pk}/file/").status_code == 302


def test_a_document_in_use_stays_and_the_file_of_another_goes_a_month_later(desk, time_machine):
    used, loose = make_document(), make_document()
    make_publication(files={"en": used})
    name = loose.file.name

    for document in (used, loose):
        desk.post(address("delete", document, document.pk), {"post": "yes"})

    assert list(Document.objects.all()) == [used]
    assert (remove_given_up_files(), default_storage.exists(name)) == (0, True)
    GivenUpFile.objects.update(since="2020-01-01T00:00Z")
    assert (remove_given_up_files(), default_storage.exists(name)) == (1, False)
