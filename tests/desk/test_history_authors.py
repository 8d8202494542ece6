"""Whoever writes, by whatever way, is named in the history; and of whom there is none."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from reversion.models import Revision, Version

from agenda.models import Event
from desk.history.kinds import kinds
from desk.history.recording import recorded
from desk.models import WorkingCopy
from desk.tasks import publish_due_copies
from editions.models import Edition
from networks.models import NetworkEditor
from pages.models import FrontPageProposal, Highlight
from pictures.models import Picture
from tests.admin.forms import address, as_it_stands
from tests.desk.test_history import edit, form_of, newest, told
from tests.factories import (
    make_event,
    make_network,
    make_recognition,
    make_series,
    make_subscriber,
    make_theme,
)
from tests.pictures.factories import picture_bytes
from tests.test_architecture import MAY_IMPORT, ROOT, imported_names
from translations import ledger
from translations.models import TranslatedItem

pytestmark = pytest.mark.django_db


# --- who did it ---


def test_bulk_acts_are_one_revision(anna):
    events = [make_event(state="draft") for _ in range(3)]

    anna.post(
        address("changelist", events[0]),
        {"action": "publish_now", "_selected_action": [event.pk for event in events]},
    )

    for event in events:
        assert newest(anna, event) == ("Anna Puig", "changed in the list", [("State", "", "draft", "published")])
    assert Revision.objects.filter(user=anna.user).count() == 1


def test_fields_of_a_list_are_recorded(anna):
    series = make_series(order=1)
    form = as_it_stands(anna.get(address("changelist", series)))

    anna.post(address("changelist", series), form | {"form-0-order": "7", "_save": "1"})

    assert newest(anna, series) == ("Anna Puig", "changed in the list", [("Order", "", "1", "7")])


def test_a_draft_kept_and_a_preview_leave_no_version(anna):
    event = make_event(title_en="Public")
    form = form_of(anna, event) | {"title_en": "Changed"}

    anna.post(address("change", event, event.pk), form | {"_save_draft": "1"})
    anna.post(address("preview", event, event.pk), form)

    assert (WorkingCopy.objects.count(), Revision.objects.count()) == (1, 0)


def test_a_scheduled_copy_is_the_work_of_who_scheduled_it(anna, boris):
    event = make_event(title_en="Public")
    form = form_of(anna, event) | {"title_en": "Later", "_save_draft": "1"}
    anna.post(address("change", event, event.pk), form)
    hidden = as_it_stands(boris.get(address("working_copy", event, event.pk)))
    boris.post(address("working_copy", event, event.pk), hidden | {"_schedule": "1", "publish_at": "2090-05-03T09:00"})
    WorkingCopy.objects.update(publish_at=timezone.now() - timedelta(minutes=1))

    publish_due_copies.enqueue()

    assert newest(anna, event) == (
        "Boris Ferrer",
        "a working copy went public at its moment",
        [("Title", "en", "Public", "Later")],
    )


def test_the_translators_page_is_recorded(anna):
    event = make_event(title_en="Play", source_language="en")
    ledger.refresh()
    row = TranslatedItem.objects.get(kind="agenda.event", item=event.pk)
    page = reverse("admin:translations_translateditem_translate", args=[row.pk, "es"])

    anna.post(page, as_it_stands(anna.get(page)) | {"title_es": "Jugar", "_save": "1"})

    assert newest(anna, event) == (
        "Anna Puig",
        "on the translator’s page",
        [("Title", "es", "", "Jugar"), ("Address", "es", "play-2030", "jugar-2030")],
    )


def test_a_project_translated_beside_its_edition_stands_in_the_edition(anna):
    recognition = make_recognition(project_en="A project", source_language="en")
    ledger.refresh()
    row = TranslatedItem.objects.get(kind="editions.recognition", item=recognition.pk)
    page = reverse("admin:translations_translateditem_translate", args=[row.pk, "es"])

    anna.post(page, as_it_stands(anna.get(page)) | {"project_es": "Un proyecto", "_save": "1"})

    who, act, [(label, _code, before, after)] = newest(anna, recognition.edition)
    assert (who, act, label) == ("Anna Puig", "on the translator’s page", "Recognition")
    assert set(after.split("\n")) - set(before.split("\n")) == {"Project (ES): Un proyecto"}


@pytest.mark.parametrize("named", [True, False])
def test_a_file_of_translations_names_who_brought_it_in(anna, tmp_path, named):
    event = make_event(title_en="Play", source_language="en")
    ledger.refresh()
    file = tmp_path / "texts.csv"
    call_command("export_translations", file, language="es", verbosity=0)
    head, row = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    row[head.index("translation")] = "Jugar"
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows([head, row])

    call_command("import_translations", file, verbosity=0, **{"user": "anna"} if named else {})

    by_whom = ("Anna Puig", "from a file of translations") if named else ("By a command (import_translations)", "")
    assert newest(anna, event) == (
        *by_whom,
        [("Title", "es", "", "Jugar"), ("Address", "es", "play-2030", "jugar-2030")],
    )


def test_pictures_that_are_added_and_described_together_name_who_did_it(anna):
    file = SimpleUploadedFile("square.jpg", picture_bytes(), content_type="image/jpeg")
    anna.post(reverse("admin:pictures_picture_add_several"), {"files": [file]})
    picture = Picture.objects.get()
    page = f"{reverse('admin:pictures_picture_describe')}?pictures={picture.pk}"

    anna.post(page, as_it_stands(anna.get(page)) | {"form-0-alt": "A square"})

    assert [entry[:2] for entry in told(anna, picture)] == [
        ("Anna Puig", "described together with others"),
        ("Anna Puig", "added together with others"),
    ]


def test_an_approved_proposal_names_who_approved_it(anna):
    proposal = FrontPageProposal.objects.create(event=make_event(title_en="Big"))

    anna.post(address("change", proposal, proposal.pk), {"_approve": "1"})

    assert newest(anna, Highlight.objects.get()) == (
        "Anna Puig",
        "a proposal for the front page was approved",
        [],
    )


def test_a_copy_for_the_next_edition_names_who_copied(anna):
    event = make_event()

    anna.post(reverse("admin:agenda_event_copy", args=[event.pk]), {})

    assert newest(anna, Event.objects.latest("pk")) == (
        "Anna Puig",
        f"copied from another item ({event})",
        [],
    )


def test_starter_content_says_that_it_is(anna):
    call_command("load_starter_content", verbosity=0)
    count = Version.objects.count()
    edition = Edition.objects.first()

    call_command("load_starter_content", verbosity=0)

    assert newest(anna, edition) == ("Starter content", "", [])
    assert Revision.objects.get().user is None
    assert Version.objects.count() == count


def test_a_dry_run_of_the_starter_content_leaves_nothing(db):
    call_command("load_starter_content", "--dry-run", verbosity=0)

    assert Revision.objects.count() == 0


def test_what_fails_leaves_no_version(anna):
    event = make_event(title_en="Kept")

    def save_and_fail():
        with recorded(anna.user):
            event.title_en = "Lost"
            event.save()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save_and_fail()

    event.refresh_from_db()
    assert (event.title_en, Revision.objects.count()) == ("Kept", 0)


# --- whose history ---


def test_every_admin_of_ours_has_a_history_but_that_of_readers():
    named = {model._meta.label for model in kinds()}
    ours = {model._meta.label for model, own in admin.site._registry.items() if hasattr(own, "keeps_history")}
    assert ours - named == {"newsletter.Subscriber"}


def test_a_reader_who_is_deleted_is_nowhere_in_the_history(anna):
    subscriber = make_subscriber(email="reader@example.org")
    subscriber.themes.add(make_theme())

    anna.post(address("delete", subscriber, subscriber.pk), {"post": "yes"})

    assert Version.objects.filter(serialized_data__contains="reader@example.org").count() == 0
    assert Version.objects.filter(content_type__app_label="newsletter").count() == 0


def test_the_name_of_an_editor_stands_in_no_version(anna, boris):
    row = NetworkEditor.objects.create(user=boris.user)
    edit(anna, row, networks=[make_network().pk])

    assert "boris" not in "".join(
        version.serialized_data + version.object_repr
        for version in Version.objects.filter(content_type__model="networkeditor")
    )


def test_nothing_but_the_history_names_the_package_that_keeps_it():
    named = {
        str(path.relative_to(ROOT))
        for app in MAY_IMPORT
        for path in (ROOT / app).rglob("*.py")
        if any(name.partition(".")[0] == "reversion" for _line, name in imported_names(path))
    }
    assert named
    assert {name.rpartition("/")[0] for name in named} == {"desk/history"}
