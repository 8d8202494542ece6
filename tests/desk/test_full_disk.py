"""A full disk, a full database, a busy one: nothing that was typed is lost, and nothing is half saved."""

import errno
import os
import re
import sqlite3

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from agenda.models import Event
from desk.models import WorkingCopy
from editions.admin import EditionAdmin
from networks.models import City
from pages.models import Page
from pictures.models import Picture
from tests.admin.forms import address, as_it_stands
from tests.factories import make_city, make_edition, make_editor, make_event, make_page
from tests.pictures.factories import make_picture, picture_bytes
from translations import ledger, translator_page
from translations.matrix import page_address
from translations.models import TranslatedItem

NO_ROOM = (
    "Not saved: there is no room left on the server. Tell the webmaster, leave this page open, and save again once "
    "there is room."
)
BUSY = "Not saved: the database was busy for too long. Save again in a minute."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def desk(transactional_db):
    client = Client()
    client.force_login(make_editor())
    return client


@pytest.fixture
def full_disk(monkeypatch):
    """Files are begun and cannot be finished."""

    def save(self, name, content):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as half:
            half.write(content.read(10))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", save)


@pytest.fixture
def full_database():
    """Call it, and not a page more is written."""
    if connection.vendor != "sqlite":
        pytest.skip("a PostgreSQL of our own would be needed")

    def fill():
        # Free pages would still be used.
        connection.cursor().execute("VACUUM")
        pages = connection.cursor().execute("PRAGMA page_count").fetchone()[0]
        connection.cursor().execute(f"PRAGMA max_page_count = {pages}")

    yield fill
    connection.cursor().execute("PRAGMA max_page_count = 1073741823")


def told(response):
    return [str(message) for message in response.context["messages"]]


def files_there():
    return [name for _folder, _folders, names in os.walk(default_storage.location) for name in names]


def uploaded(name="square.jpg"):
    return SimpleUploadedFile(name, picture_bytes(), "image/jpeg")


def test_the_form_of_a_picture_comes_back_as_it_was_typed(desk, full_disk):
    before = files_there()
    form = as_it_stands(desk.get(address("add", Picture)))
    form |= {"title": "Square", "alt_en": "People on a square", "credit": "Anna Puig", "file": uploaded()}

    response = desk.post(address("add", Picture), form)

    assert response.status_code == 507
    assert told(response)[0] == NO_ROOM
    again = as_it_stands(response)
    assert (again["title"], again["alt_en"], again["credit"]) == (["Square"], ["People on a square"], ["Anna Puig"])
    assert (Picture.objects.count(), files_there()) == (0, before)


def test_a_file_that_cannot_replace_another_leaves_that_one(desk, monkeypatch):
    picture = make_picture()
    form = as_it_stands(desk.get(address("change", picture, picture.pk)))
    name = Picture.objects.get().file.name

    def save(self, *args):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", save)
        new = SimpleUploadedFile("other.png", picture_bytes("PNG"), "image/png")
        response = desk.post(address("change", picture, picture.pk), form | {"title": "New name", "file": new})

    assert (response.status_code, as_it_stands(response)["title"]) == (507, ["New name"])
    stored = Picture.objects.get()
    assert (stored.title, stored.file.name) == (picture.title, name)
    assert default_storage.exists(name)
    again = as_it_stands(response)
    assert desk.post(address("change", picture, picture.pk), again).status_code == 302
    assert Picture.objects.get().title == "New name"


def test_of_several_pictures_each_says_why_it_was_not_added(desk, full_disk):
    data = {"files": [uploaded("one.jpg"), uploaded("two.jpg")]}

    response = desk.post(reverse("admin:pictures_picture_add_several"), data, headers={"Accept": "application/json"})

    assert [one["refused"] for one in response.json()["outcomes"]] == [NO_ROOM, NO_ROOM]
    assert Picture.objects.count() == 0


LONG = "<p>" + "Typed with care. " * 2000 + "</p>"


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother", "_save_draft"])
def test_a_form_comes_back_from_a_full_database_and_is_saved_later(desk, full_database, button):
    page = make_page(title_en="Old")
    form = as_it_stands(desk.get(address("change", page, page.pk))) | {"title_en": "New", "body_en": LONG}
    full_database()

    response = desk.post(address("change", page, page.pk), form | {button: "1"})

    assert (response.status_code, told(response)[0]) == (507, NO_ROOM)
    again = as_it_stands(response)
    assert (again["title_en"], again["body_en"]) == (["New"], [LONG])
    assert (Page.objects.get().title_en, WorkingCopy.objects.count()) == ("Old", 0)
    assert 'name="_save_draft"' in response.content.decode()
    connection.cursor().execute("PRAGMA max_page_count = 1073741823")
    assert desk.post(address("change", page, page.pk), again | {button: "1"}).status_code == 302
    assert (Page.objects.get().title_en == "New") == (button != "_save_draft")


def test_a_new_item_comes_back_from_a_full_database(desk, full_database):
    form = as_it_stands(desk.get(address("add", Event)))
    full_database()

    response = desk.post(address("add", Event), form | {"title_en": "Day", "date": "2030", "body_en": LONG})

    assert (response.status_code, Event.objects.count()) == (507, 0)
    assert as_it_stands(response)["body_en"] == [LONG]


def test_what_is_sent_elsewhere_comes_back_to_copy_it(desk, monkeypatch):
    city = make_city()

    def save(self, *args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(City, "publish", save)
    data = {"action": "publish_now", "_selected_action": [city.pk], "note": "<b>Typed</b>", "password1": "secret"}
    City.objects.update(state="draft")
    response = desk.post(address("changelist", City), data)

    html = response.content.decode()
    assert response.status_code == 507
    assert NO_ROOM in html
    assert "&lt;b&gt;Typed&lt;/b&gt;" in html
    assert "secret" not in html


def texts_of(response):
    html = response.content.decode()
    return re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.S)


def no_room(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_is_to_be_copied_stands_under_the_labels_of_its_fields(desk, monkeypatch):
    """Neither the form nor its page can be made."""
    edition = make_edition()
    form = {
        "title_en": "New",
        "summary_pt": "Uma cidade",
        "state": "draft",
        "figures-1-value": "70",
        "figures-1-id": "3",
    }
    monkeypatch.setattr(EditionAdmin, "_changeform_view", no_room)

    response = desk.post(address("change", edition, edition.pk), form | {"csrfmiddlewaretoken": "x", "_save": "1"})

    assert (response.status_code, texts_of(response)) == (
        507,
        [("Title (EN)", "New"), ("Summary (PT)", "Uma cidade"), ("State", "draft"), ("Figure 2: Value", "70")],
    )


def test_texts_of_the_translators_page_stand_under_their_labels(desk, monkeypatch):
    monkeypatch.setattr(translator_page, "recorded", no_room)
    event = make_event(title_en="A square")
    ledger.refresh()
    known = TranslatedItem.objects.get(kind="agenda.event", item=event.pk)
    where = page_address(known.pk, "fr")
    form = as_it_stands(desk.get(where)) | {"title_fr": "Une place"}

    response = desk.post(where, form | {"_save": "1"})

    assert (response.status_code, ("Title (FR)", "Une place") in texts_of(response)) == (507, True)
    assert {label for label, _text in texts_of(response)} == {"Title (FR)"}


def test_texts_of_several_pictures_stand_under_their_labels_with_numbers(desk, monkeypatch):
    pictures = [make_picture(), make_picture()]
    where = reverse("admin:pictures_picture_describe") + "?pictures=" + ",".join(str(one.pk) for one in pictures)
    form = as_it_stands(desk.get(where)) | {"form-1-alt": "People on a square", "form-1-credit": "Anna Puig"}
    monkeypatch.setattr(Picture, "save", no_room)

    response = desk.post(where, form)

    assert response.status_code == 507
    assert {("2: Alternative text", "People on a square"), ("2: Credit", "Anna Puig")} <= set(texts_of(response))


def test_a_large_upload_that_cannot_even_be_received_says_so(desk, monkeypatch):
    def write(self, *args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk", write)
    monkeypatch.setattr("django.core.files.uploadhandler.MemoryFileUploadHandler.receive_data_chunk", write)
    response = desk.post(address("add", Picture), {"title": "Square", "file": uploaded()})

    assert response.status_code == 507
    assert NO_ROOM in response.content.decode()


def test_a_busy_database_is_told_and_nothing_is_lost(desk):
    event = make_event(title_en="Old")
    form = as_it_stands(desk.get(address("change", event, event.pk))) | {"title_en": "New", "body_en": LONG}
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        connection.cursor().execute("PRAGMA busy_timeout = 50")
        normal = "PRAGMA busy_timeout = 20000"
    else:
        other = connection.copy()
        other.set_autocommit(False)
        other.cursor().execute("SELECT * FROM agenda_event FOR UPDATE")
        connection.cursor().execute("SET lock_timeout = '50ms'")
        normal = "SET lock_timeout = 0"
    try:
        response = desk.post(address("change", event, event.pk), form)
    finally:
        other.rollback()
        other.close()
        connection.cursor().execute(normal)

    html = response.content.decode()
    assert response.status_code == 503
    assert BUSY in html
    assert "Typed with care. " in html
    assert Event.objects.get().title_en == "Old"


def test_another_error_stays_an_error(desk, monkeypatch):
    page = make_page()
    form = as_it_stands(desk.get(address("change", page, page.pk)))

    def save(self, *args, **kwargs):
        raise OSError(errno.ENOENT, "Something else")

    monkeypatch.setattr(Page, "save", save)
    with pytest.raises(OSError, match="Something else"):
        desk.post(address("change", page, page.pk), form)
