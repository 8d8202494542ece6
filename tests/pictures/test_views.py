import pytest

from tests.pictures.factories import make_picture

pytestmark = pytest.mark.django_db

SHARING_CARD = "cards/post/1-0123456789ab.png"  # kept in the same storage, served at its own address


def test_every_file_of_a_picture_is_served_for_a_year(client, media):
    picture = make_picture()
    expected = {picture.file.name: "image/jpeg"}
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
    assert client.post(f"/media/{make_picture().file.name}").status_code == 405
    assert client.head(f"/media/{make_picture().file.name}").status_code == 200
