import gzip

from tests import factories


def test_pages_travel_compressed_to_those_who_can_read_it(client, db):
    factories.make_post()

    plain = client.get("/en/news/")
    packed = client.get("/en/news/", headers={"accept-encoding": "gzip"})

    assert gzip.decompress(packed.content) == plain.content
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert len(packed.content) < len(plain.content) / 2


def test_pictures_travel_as_they_are(client, db):
    picture = factories.make_picture()

    response = client.get(picture.url_of(picture.fallback), headers={"accept-encoding": "gzip"})

    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
