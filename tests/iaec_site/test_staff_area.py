"""Cookies of whatever name change nothing on visitors' pages."""

import pytest
from django.test import Client

from tests.iaec_site.public_site import addresses, make_site


@pytest.fixture
def items(db):
    return make_site()


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language", "messages"])
def test_a_foreign_cookie_is_neither_read_nor_answered(client, items, name):
    plain = {kind: client.get(address) for kind, address in addresses(items, "en").items()}
    client.cookies[name] = "x" * 32

    for kind, address in addresses(items, "en").items():
        response = client.get(address)
        assert (response.status_code, "Set-Cookie" in response.headers, response.headers.get("Vary", "")) == (
            200,
            False,
            plain[kind].headers.get("Vary", ""),
        )
        assert response.content == plain[kind].content


def test_the_front_door_goes_by_the_browser_alone(client, db):
    client.cookies["django_language"] = "fr"

    assert client.get("/", headers={"accept-language": "ca"}).url == "/ca/"


@pytest.mark.parametrize("path", ["/de/", "/agenda/", "/media/", "/en/nowhere/at/all/"])
def test_an_address_of_nothing_sets_and_reads_no_cookie(client, db, path):
    client.cookies["sessionid"] = "x" * 32

    response = client.get(path)

    assert (response.status_code, "Cookie" in response.headers.get("Vary", "")) == (404, False)
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_that_are_only_read_say_so(items, method):
    client = Client(enforce_csrf_checks=True)

    response = getattr(client, method)("/en/agenda/")

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_staff_still_need_a_token(client, db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
