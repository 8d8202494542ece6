import pytest
from django.core.files.base import ContentFile

from pictures.tasks import complete_renditions
from tests.pictures.factories import drawn, make_picture, picture_bytes

pytestmark = pytest.mark.django_db

SHARING_CARD = "cards/post/1-0123456789ab.png"  # kept in the same storage, served at its own address


def test_every_rendition_of_a_picture_is_served_for_a_year(client, media):
    picture = make_picture()
    complete_renditions.func(picture.pk)
    picture.refresh_from_db()
    expected = {picture.fallback["name"]: "image/jpeg", picture.renditions["avif"][0]["name"]: "image/avif"}
    expected |= {rendition["name"]: "image/webp" for rendition in picture.renditions["webp"]}

    for name, media_type in expected.items():
        response = client.get(f"/media/{name}")
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == (media / name).read_bytes()
        assert response["Content-Type"] == media_type
        assert response["Content-Length"] == str((media / name).stat().st_size)
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response.cookies == {}


@pytest.mark.parametrize(
    "path",
    [
        "secret.jpg",
        "../secret.jpg",
        "pictures/../secret.jpg",
        "pictures/%2e%2e/secret.jpg",
        "pictures/..%2fsecret.jpg",
        "pictures//etc/passwd",
        "/etc/passwd",
        "pictures/",
        "pictures/ab/page.html",
        "pictures/ab/" + "0" * 32 + ".html",
        "pictures/ab/" + "0" * 32 + ".jpg%00",
        "pictures/ab/" + "0" * 32 + ".jpg%0a",
        "pictures/ab/" + "0" * 32 + ".jpg",
        "pictures/ab/..\\..\\secret.jpg",
        SHARING_CARD,
    ],
)
def test_nothing_else_is_served(client, media, path):
    make_picture()
    for name in ("secret.jpg", "pictures/ab/page.html", "pictures/ab/" + "0" * 32 + ".html", SHARING_CARD):
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_bytes(b"secret")

    assert client.get(f"/media/{path}").status_code == 404


def test_only_reading_is_possible(client):
    address = f"/media/{make_picture().fallback['name']}"

    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_the_original_is_never_served(client, media):
    picture = make_picture()

    assert (media / picture.file.name).exists()
    assert client.get(f"/media/{picture.file.name}").status_code == 404


def test_the_lasting_address_leads_to_the_present_file(client):
    picture = make_picture()
    before = client.get(picture.library_address)
    picture.file = ContentFile(picture_bytes(image=drawn(300, 500)), name="tall.jpg")
    picture.save()
    after = client.get(picture.library_address)

    assert [before.status_code, after.status_code] == [302, 302]
    assert after["Location"] == f"/media/{picture.fallback['name']}"
    assert before["Location"] != after["Location"]
    assert client.get(after["Location"]).status_code == 200
    assert (after["Cache-Control"], dict(after.cookies)) == ("public, max-age=300", {})


def test_a_lasting_address_is_not_to_be_guessed(client):
    picture = make_picture()

    for wrong in (str(picture.pk), "nothing", picture.key[:-1]):
        assert client.get(f"/picture/{wrong}").status_code == 404
