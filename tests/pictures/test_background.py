"""What is made and removed in the background: AVIF, and the files of pictures that were replaced or deleted."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from pictures.leftovers import remove_leftovers
from pictures.models import FormerFile, Picture
from pictures.tasks import complete_renditions, incomplete_pictures, take_up_what_was_left
from tests.pictures.factories import drawn, make_picture, picture_bytes

pytestmark = pytest.mark.django_db
NOW = timedelta(0)


def tall():
    return ContentFile(picture_bytes(image=drawn(300, 500)), name="tall.jpg")


def replaced(picture, file=None):
    picture.file = file or tall()
    picture.save()
    return picture


def test_a_new_picture_gets_avif_once_it_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture = make_picture(file=picture_bytes(image=drawn(1200, 800)))
        assert set(picture.renditions) == {"webp", "jpeg"}

    picture = Picture.objects.get()
    assert [(each["width"], each["height"]) for each in picture.renditions["avif"]] == [
        (480, 320),
        (960, 640),
        (1200, 800),
    ]
    with default_storage.open(picture.renditions["avif"][0]["name"]) as file:
        assert Image.open(io.BytesIO(file.read())).format == "AVIF"


def test_a_picture_with_transparency_keeps_it_in_avif():
    picture = make_picture(file=picture_bytes("PNG", image=drawn(mode="RGBA")))
    complete_renditions.func(picture.pk)

    picture.refresh_from_db()
    with default_storage.open(picture.renditions["avif"][0]["name"]) as file:
        assert Image.open(io.BytesIO(file.read())).mode == "RGBA"


def test_making_them_twice_changes_nothing_and_no_time_of_change(stored, django_assert_num_queries):
    picture = make_picture()
    complete_renditions.func(picture.pk)
    after_once = (stored(), Picture.objects.values().get())

    with django_assert_num_queries(1):
        complete_renditions.func(picture.pk)

    assert (stored(), Picture.objects.values().get()) == after_once
    assert after_once[1]["updated_at"] == picture.updated_at


def test_what_an_editor_changes_meanwhile_stays():
    picture = make_picture()
    Picture.objects.update(alt_en="Changed")
    complete_renditions.func(picture.pk)

    assert Picture.objects.get().alt_en == "Changed"


def test_a_file_replaced_meanwhile_keeps_its_own_renditions(monkeypatch, stored):
    picture = make_picture()
    from pictures import tasks

    def replaced_while_encoding(data):
        made = original(data)
        replaced(Picture.objects.get())
        return made

    original = tasks.encode_further
    monkeypatch.setattr(tasks, "encode_further", replaced_while_encoding)
    complete_renditions.func(picture.pk)

    assert set(Picture.objects.get().renditions) == {"webp", "jpeg"}
    assert [name for name in stored() if name.endswith(".avif")] == []


@pytest.mark.parametrize(
    "lose", [lambda picture: picture.delete(), lambda picture: default_storage.delete(picture.file.name)]
)
def test_a_picture_or_file_that_is_gone_is_no_error(lose):
    picture = make_picture()
    number = picture.pk
    lose(picture)

    complete_renditions.func(number)


def test_a_command_makes_what_is_missing(capsys):
    make_picture(title="One")
    make_picture(title="Two", file=tall())
    call_command("make_renditions")
    call_command("make_renditions")

    assert capsys.readouterr().out.splitlines() == [
        "1/2 One: done",
        "2/2 Two: done",
        "Every picture has all its renditions.",
    ]
    assert list(incomplete_pictures()) == []


def test_what_failed_is_taken_up_within_the_hour():
    picture = make_picture()
    assert take_up_what_was_left() == 0  # its own task is still to come

    Picture.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert take_up_what_was_left() == 1
    picture.refresh_from_db()
    assert "avif" in picture.renditions
    assert take_up_what_was_left() == 0


# --- files that nobody needs ---


def test_a_replaced_file_goes_after_a_month(stored):
    picture = make_picture()
    old = picture.files()
    replaced(picture)

    assert remove_leftovers() == 0
    assert old < set(stored())
    FormerFile.objects.update(since=timezone.now() - timedelta(days=31))
    assert remove_leftovers() == len(old)
    assert set(stored()) == Picture.objects.get().files()
    assert FormerFile.objects.count() == 0


@pytest.mark.parametrize("delete", [lambda p: p.delete(), lambda p: Picture.objects.all().delete()])
def test_the_files_of_a_deleted_picture_go(delete, stored):
    delete(make_picture())

    call_command("remove_picture_leftovers", days=0)

    assert stored() == []


def test_nothing_goes_when_the_replacement_fails(stored):
    picture = make_picture()
    before = stored()
    picture.focal_x = 101
    with pytest.raises(IntegrityError), transaction.atomic():
        replaced(picture)

    assert (remove_leftovers(NOW), stored()) == (0, before)


def test_a_file_that_another_picture_shows_stays(stored):
    first, second = make_picture(), make_picture()
    assert first.files() == second.files()
    first.delete()

    assert remove_leftovers(NOW) == 0
    assert set(stored()) == second.files()


def test_a_rendition_that_another_picture_shows_stays(stored):
    first, second = make_picture(), make_picture(file=tall())
    shared = first.renditions["webp"][0]["name"]
    Picture.objects.filter(pk=second.pk).update(renditions=second.renditions | {"webp": first.renditions["webp"]})
    first.delete()
    remove_leftovers(NOW)

    assert shared in stored()


def test_the_same_file_again_is_wanted_again(stored):
    picture = make_picture()
    again = ContentFile(picture_bytes(), name="again.jpg")
    replaced(picture)
    replaced(picture, again)

    assert set(Picture.objects.get().files()).isdisjoint(FormerFile.objects.values_list("name", flat=True))
    remove_leftovers(NOW)
    assert set(stored()) == picture.files()
