from datetime import UTC, datetime, timedelta

import time_machine

from tests import factories

ADDRESS = "/.well-known/security.txt"


def fields(client):
    response = client.get(ADDRESS)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_it_names_whom_to_tell(client, db, settings):
    settings.SECURITY_CONTACT = "https://example.org/report"
    with time_machine.travel("2026-11-30T12:00:00Z"):
        assert fields(client) == {
            "Contact": "https://example.org/report",
            "Expires": "2027-05-29T00:00:00Z",
            "Preferred-Languages": "en, es, fr, ca, pt",
            "Canonical": "http://testserver/.well-known/security.txt",
        }


def test_it_is_never_out_of_date(client, db, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    for days in (0, 200, 2000):
        with time_machine.travel(datetime(2026, 11, 30, tzinfo=UTC) + timedelta(days=days)):
            ahead = datetime.fromisoformat(fields(client)["Expires"]) - datetime.now(UTC)
            assert timedelta(days=170) < ahead < timedelta(days=365)


def test_without_a_setting_it_names_the_sites_own_address_and_without_that_nobody(client, db):
    assert client.get(ADDRESS).status_code == 404
    factories.make_site_identity(email="hello@example.org")
    assert fields(client)["Contact"] == "mailto:hello@example.org"
