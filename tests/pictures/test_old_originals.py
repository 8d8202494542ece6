"""No original has an address, whichever version of the site stored it."""

import pytest
from django.core.files.storage import default_storage

from pictures.models import FormerFile, Picture
from pictures.old_originals import move_old_originals
from tests.pictures.factories import make_picture, picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)


def as_it_was(picture):
    """The original among the renditions, as the first version of the library kept it."""
    name = picture.file.name
    old = name.replace("originals/", "pictures/", 1)
    with default_storage.open(name) as file:
        default_storage.save(old, file)
    default_storage.delete(name)
    Picture.objects.filter(file=name).update(file=old)
    return old


def test_an_original_is_never_served(client):
    picture = make_picture()

    assert client.get(f"/media/{picture.file.name}").status_code == 404
    assert client.get(f"/media/{picture.fallback['name']}").status_code == 200


def test_those_of_an_earlier_version_move_to_where_none_is_served(client, stored):
    picture = make_picture()
    before = picture.file.read()
    old = as_it_was(picture)
    assert client.get(f"/media/{old}").status_code == 200

    assert move_old_originals(Picture.objects.all()) == 1

    assert client.get(f"/media/{old}").status_code == 404
    picture = Picture.objects.get()
    assert picture.file.read() == before
    assert client.get(f"/media/{picture.file.name}").status_code == 404
    assert client.get(f"/media/{picture.fallback['name']}").status_code == 200
    assert picture.files() == set(stored())
    assert move_old_originals(Picture.objects.all()) == 0
    assert not FormerFile.objects.exists()


def test_two_pictures_of_the_same_content_move_together(stored):
    data = picture_bytes()
    first, second = make_picture(file=data), make_picture(file=data)
    as_it_was(first)

    assert move_old_originals(Picture.objects.all()) == 1

    assert {picture.file.name for picture in Picture.objects.all()} == {second.file.name}
    assert default_storage.exists(second.file.name)


def test_a_file_that_is_lost_stops_nobody(stored):
    lost, other = make_picture(file=picture_bytes("PNG")), make_picture()
    default_storage.delete(as_it_was(lost))
    as_it_was(other)

    assert move_old_originals(Picture.objects.all()) == 1
