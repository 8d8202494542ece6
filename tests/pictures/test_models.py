import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from pictures.files import files_removed_on_error
from pictures.models import Picture
from tests.pictures.factories import drawn, make_picture, picture_bytes
from tests.pictures.hostile import HOSTILE

pytestmark = pytest.mark.django_db


def names_of(picture):
    return sorted({picture.file.name, *(r["name"] for group in picture.renditions.values() for r in group)})


def test_a_saved_picture_knows_its_files_and_keeps_no_other(stored):
    picture = make_picture(file=picture_bytes(image=drawn(1200, 800)))
    picture.refresh_from_db()

    assert (picture.width, picture.height) == (1200, 800)
    assert {name: [r["width"] for r in group] for name, group in picture.renditions.items()} == {
        "webp": [480, 960, 1200],
        "jpeg": [960],
    }
    assert stored() == names_of(picture)


def test_the_uploaded_bytes_never_reach_the_storage(stored, media):
    upload = picture_bytes(comment=b"SecretComment")
    make_picture(file=upload)

    assert len(stored()) == 4
    assert [name for name in stored() if b"SecretComment" in (media / name).read_bytes()] == []


def written_by_save(upload):
    Picture(file=upload, decorative=True).save()


def written_by_create(upload):
    Picture.objects.create(file=upload)


def written_by_bulk_create(upload):
    Picture.objects.bulk_create([Picture(file=upload)])


def written_by_the_file(upload):
    Picture().file.save("picture.jpg", upload)


def written_by_update_of_one_field(upload):
    picture = Picture.objects.get()
    picture.file = upload
    picture.save(update_fields=["file"])


WAYS = [written_by_save, written_by_create, written_by_bulk_create, written_by_the_file]


@pytest.mark.parametrize("write", WAYS)
def test_every_way_of_writing_makes_renditions(write, stored):
    write(ContentFile(picture_bytes(), name="square.jpg"))

    picture = Picture.objects.get()
    assert set(picture.renditions) == {"webp", "jpeg"}
    assert stored() == names_of(picture)


@pytest.mark.parametrize("write", WAYS)
@pytest.mark.parametrize("name", ["svg.png", "bomb.png", "cut.jpg", "archive-behind.jpg", "sixteen-megabytes.jpg"])
def test_no_way_of_writing_lets_a_hostile_file_in(write, name, stored):
    make, code = HOSTILE[name]

    with pytest.raises(ValidationError) as refused, transaction.atomic():
        write(ContentFile(make(), name=name))

    assert refused.value.code == code
    assert Picture.objects.count() == 0
    assert stored() == []


def test_a_replaced_file_brings_its_renditions_even_with_update_fields():
    before = make_picture()
    written_by_update_of_one_field(ContentFile(picture_bytes(image=drawn(300, 500)), name="tall.jpg"))

    after = Picture.objects.get(pk=before.pk)
    assert (after.width, after.height) == (300, 500)
    assert set(names_of(before)) & set(names_of(after)) == set()


def test_full_clean_refuses_before_anything_is_stored(stored):
    picture = Picture(file=ContentFile(HOSTILE["svg.png"][0](), name="square.png"), decorative=True)

    with pytest.raises(ValidationError) as refused:
        picture.full_clean()

    assert [error.code for error in refused.value.error_dict["file"]] == ["not_a_picture"]
    assert stored() == []


def test_files_go_when_the_database_refuses_the_row(stored):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_picture(focal_x=101)

    assert Picture.objects.count() == 0
    assert stored() == []


def test_a_refusal_leaves_a_surrounding_transaction_whole():
    with transaction.atomic():
        with pytest.raises(ValidationError):
            make_picture(file=HOSTILE["svg.png"][0]())
        make_picture()

    assert Picture.objects.count() == 1


def test_files_go_when_the_surrounding_work_fails(stored):
    seen = []

    def work():
        with files_removed_on_error(), transaction.atomic():
            make_picture()
            seen.extend(stored())
            raise DatabaseError

    with pytest.raises(DatabaseError):
        work()

    assert len(seen) == 4
    assert stored() == []


def test_files_of_another_picture_stay_when_an_equal_one_fails(stored):
    names = names_of(make_picture())

    with pytest.raises(IntegrityError), transaction.atomic():
        make_picture(focal_x=101)

    assert stored() == names


def test_equal_pictures_share_their_files(stored):
    first, second = make_picture(), make_picture()

    assert first.pk != second.pk
    assert stored() == names_of(first) == names_of(second)


def test_a_file_cut_short_by_a_killed_process_is_written_again(stored, media):
    picture = make_picture()
    whole = (media / picture.file.name).read_bytes()
    (media / picture.file.name).write_bytes(whole[:100])

    make_picture()

    assert (media / picture.file.name).read_bytes() == whole
    assert stored() == names_of(picture)


@pytest.mark.parametrize("field", ["focal_x", "focal_y"])
def test_the_database_holds_the_focal_point_within_the_picture(field):
    picture = make_picture(**{field: 100})

    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(**{field: 101})


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"alt_en": "A square"}, []),
        ({"alt_es": "Una plaza", "source_language": "es"}, []),
        ({"decorative": True}, []),
        ({}, ["alt_en"]),
        ({"alt_en": "   "}, ["alt_en"]),
        ({"alt_en": "A square", "source_language": "fr"}, ["alt_fr"]),
    ],
)
def test_a_picture_has_a_text_in_its_source_language_or_is_decorative(fields, errors):
    picture = Picture(file=ContentFile(picture_bytes(), name="square.jpg"), **fields)

    try:
        picture.full_clean()
        found = []
    except ValidationError as error:
        found = list(error.error_dict)

    assert found == errors


@pytest.mark.parametrize(
    ("language", "shown"),
    [("es", ("Una plaza", "es")), ("ca", ("Une place", "fr")), ("fr", ("Une place", "fr"))],
)
def test_the_alternative_text_falls_back_to_the_source_language(language, shown):
    picture = Picture(alt_es="Una plaza", alt_fr="Une place", alt_ca="  ", source_language="fr")

    with translation.override(language):
        assert picture.shown_alt() == shown


def test_a_decorative_picture_has_no_alternative_text():
    assert Picture(alt_en="A square", decorative=True).shown_alt() == ("", "")


def test_a_picture_is_called_by_its_name_its_file_or_its_number():
    upload = ContentFile(picture_bytes(), name="town_hall-at-night.JPG")

    assert str(make_picture(title="Town hall")) == "Town hall"
    assert str(make_picture(title="", file=upload)) == "town hall at night"
    assert str(Picture(pk=7)) == "Picture 7"
