"""The admin's page from which texts go out to translators, and to which they come back."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

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

    done = "".join(part.decode() for part in client.post(address, {"packed": checked.context["packed"]}))
    assert Post.objects.get().title_fr == "Nouvelle"
    assert done.count("<h2>What was imported</h2>") == 1
    assert done.count("</main>") == 1
    assert html_errors({"done": done}) == []
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


def test_an_import_says_how_far_it_is_while_it_goes_on(client, monkeypatch):
    monkeypatch.setattr("translations.exchange.arrival.TOGETHER", 2)
    monkeypatch.setattr("translations.progress.SECONDS_BETWEEN", 0)
    editor = make_editor()
    for number in range(5):
        make_post(title_en=f"News {number}", teaser_en="", body_en="")
    client.force_login(editor)
    address = reverse("admin:translations_exchange")
    chosen = {"language": "fr", "state": ["missing"], "kind": ["news.post"], "format": "csv"}
    content = client.get(reverse("admin:translations_export"), chosen).content.replace(b",fr,,", b",fr,Nouvelle,")
    packed = client.post(address, {"file": SimpleUploadedFile("a.csv", content)}).context["packed"]

    response = client.post(address, {"packed": packed}, headers={"accept-encoding": "gzip"})
    parts = iter(response)

    assert "Content-Encoding" not in response.headers  # or the parts would wait for each other
    assert "Keep this page open" in next(parts).decode()
    told = []
    for expected in (2, 4, 5):
        told.append(next(parts).decode().partition("</progress> ")[2].strip())
        assert Post.objects.filter(title_fr="Nouvelle").count() == expected
    assert told == ["2 of 5 texts</p>", "4 of 5 texts</p>", "5 of 5 texts</p>"]
    assert "<li>written: 5</li>" in next(parts).decode()
    assert list(parts) == []


def test_the_report_speaks_the_language_of_the_page(client):
    post, editor = make_post(title_en="News", teaser_en="", body_en=""), make_editor()
    client.force_login(editor)
    client.cookies["django_language"] = "es"
    address = reverse("admin:translations_exchange")
    chosen = {"language": "fr", "state": ["missing"], "kind": ["news.post"], "format": "csv"}
    content = client.get(reverse("admin:translations_export"), chosen).content.replace(b",fr,,", b",fr,Nouvelle,")
    packed = client.post(address, {"file": SimpleUploadedFile("a.csv", content)}).context["packed"]

    response = client.post(address, {"packed": packed})
    with override("en"):  # as when the request's own language is long forgotten
        page = b"".join(response).decode()

    assert page.count("escrito: 1") + page.count("escrita: 1") == 1
    assert Post.objects.get(pk=post.pk).title_fr == "Nouvelle"
