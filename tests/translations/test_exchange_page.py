"""The admin's page from which texts go out to translators, and to which they come back."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from news.models import Post
from tests.factories import make_editor, make_post
from tests.html_validity import html_errors

pytestmark = pytest.mark.django_db


def test_the_page_exports_checks_and_imports(client):
    post, editor = make_post(title_en="News"), make_editor()
    client.force_login(editor)
    address = reverse("admin:translations_exchange")
    assert client.get(address).status_code == 200

    chosen = {"language": "fr", "state": ["missing"], "kind": ["news.post"], "format": "csv"}
    exported = client.get(reverse("admin:translations_export"), chosen)
    assert exported.headers["Content-Disposition"].startswith('attachment; filename="translations-')
    content = exported.content.replace(b"News,,fr,", b"News,,fr,Nouvelle")

    checked = client.post(address, {"file": SimpleUploadedFile("a.csv", content)})
    assert [(str(line["outcome"]), line["title"]) for line in checked.context["lines"]] == [("written", "News")]
    assert Post.objects.get().title_fr is None
    assert html_errors({"before": client.get(address).content.decode(), "checked": checked.content.decode()}) == []

    done = client.post(address, {"packed": checked.context["packed"]})
    assert done.context["done"] is True
    assert Post.objects.get().title_fr == "Nouvelle"
    assert LogEntry.objects.get().object_id == str(post.pk)


def test_items_in_several_languages_go_out_as_one_archive(client):
    make_post(title_en="News")
    make_post(title_en=None, title_es="Noticia", source_language="es")
    client.force_login(make_editor())

    chosen = {"language": "fr", "state": ["missing"], "kind": ["news.post"], "format": "xliff"}
    exported = client.get(reverse("admin:translations_export"), chosen)

    assert exported.headers["Content-Type"] == "application/zip"
    refused = client.post(reverse("admin:translations_exchange"), {"file": SimpleUploadedFile("a", exported.content)})
    assert "ZIP archive" in refused.context["import_form"].errors["file"][0]


def test_a_packed_file_that_was_changed_is_refused(client):
    client.force_login(make_editor())

    response = client.post(reverse("admin:translations_exchange"), {"packed": "eJwDAAAAAAE=:x"}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "The file did not arrive as it was. Send it once more."
    ]


def test_who_changes_nothing_has_no_business_here(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))

    for name in ("exchange", "export"):
        assert client.get(reverse(f"admin:translations_{name}")).status_code == 403
