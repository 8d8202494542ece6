"""What no browser sends: a plain 400 or 404 with every header, and no way out of our folders."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from iaec_site.security_headers import PUBLIC_POLICY
from iaec_site.views import PLAIN_BAD_REQUEST
from tests.iaec_site.test_serve import ROOT, Served, processes_of, site  # noqa: F401 - a fixture
from tests.page_cache.asking import Site

ODD = {
    "a NUL": ("/en/a%00b/", 404),
    "a NUL in the query": ("/en/search/?q=a%00b", 404),
    "a broken percent code": ("/en/%zz/", 404),
    "a lone percent sign": ("/en/100%", 404),
    "no UTF-8": ("/en/%ff%fe/", 404),
    "10 KB of path": (f"/en/{'a' * 10_240}/", 400),
    "10 KB of query": (f"/en/search/?q={'a' * 10_240}", 400),
    "a header in the path": ("/en/%0d%0aSet-Cookie:%20a=b/", 404),
    "a header in the path, without a slash": ("/en/news%0d%0aSet-Cookie:%20a=b", 404),
    "up and out": ("/../../etc/passwd", 404),
    "up and out of the static files": ("/static/..%2f..%2fiaec_site/settings.py", 404),
    "up and out of the static files, twice encoded": ("/static/%252e%252e/settings.py", 404),
    "up and out of the storage": ("/media/..%2ftests.sqlite3", 404),
    "up and out of the storage, plainly": ("/media/../secret_key", 404),
    "from the root of the disk": ("/media//etc/passwd", 404),
    "a file of another system": ("/static/..%5c..%5cwin.ini", 404),
    "the folder itself": ("/static/", 404),
    "what a scanner asks for": ("/.env", 404),
    "what another scanner asks for": ("/.git/config", 404),
}
# Each has to lead to our own host, or nowhere.
LEADING_AWAY = [
    "//evil.example",
    "//evil.example/en",
    "/%5cevil.example",
    "/%2f/evil.example/en",
    "///evil.example/%2e%2e",
    "/en//evil.example",
    "/https://evil.example",
]


@pytest.fixture
def here(transactional_db):
    return Site()


@pytest.mark.parametrize(("address", "status"), ODD.values(), ids=ODD)
def test_an_odd_address_gets_a_plain_answer_with_headers(here, address, status):
    heard = here.ask(address)

    assert (heard.status, heard.headers["Content-Security-Policy"]) == (status, PUBLIC_POLICY)
    assert ("Set-Cookie" in heard.headers, heard.headers["Content-Type"]) == (False, "text/html; charset=utf-8")


def test_a_file_beside_the_storage_stays_where_it_is(here):
    """One that could be given away: the same words inside of the storage are."""
    beside = Path(default_storage.location).parent / "beside.pdf"
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(b"secret")
    default_storage.save("within.pdf", ContentFile(b"open"))

    ways = ["/media/../beside.pdf", "/media/..%2fbeside.pdf", "/media/within.pdf/../../beside.pdf", f"/media/{beside}"]
    assert [here.ask(way).status for way in ways] == [404] * len(ways)
    beside.unlink()


@pytest.mark.parametrize("address", LEADING_AWAY)
def test_no_address_leads_to_another_site(here, address):
    heard = here.ask(address)
    location = heard.headers.get("Location", "/")

    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "way", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example"]
)
def test_signing_in_leads_nowhere_else(client, django_user_model, way):
    django_user_model.objects.create_superuser("ana", password="a long password")
    response = client.post("/admin/login/", {"username": "ana", "password": "a long password", "next": way})

    assert (response.status_code, response.url) == (302, "/admin/")


def test_a_foreign_host_gets_into_no_link_and_no_letter(db):
    response = Client(headers={"host": "evil.example"}).get("/sitemap.xml")

    assert (response.status_code, response.content.decode()) == (400, PLAIN_BAD_REQUEST)


def test_a_proxys_word_for_the_host_is_not_believed(db):
    """X-Forwarded-Host is a visitor's to write: links go by the Host that was checked."""
    response = Client(headers={"x-forwarded-host": "evil.example"}).get("/robots.txt")

    assert response.content.decode().endswith("Sitemap: http://testserver/sitemap.xml\n")


def test_a_form_out_of_all_bounds_is_refused(client, db):
    fields = {f"f{number}": "x" for number in range(5000)}
    response = client.post("/admin/login/", fields)

    assert response.status_code == 400


@pytest.fixture(scope="module")
def port(site):  # noqa: F811
    """Of the real web server, which takes apart what comes over the line before the site hears of it."""

    served = Served(site)
    served.wait_until_complete()
    yield served.port
    served.process.kill()
    served.process.wait()
    for process in processes_of(site):
        os.kill(process, signal.SIGKILL)


def said_over_the_line(port, line):
    """The status of what the server answers to these bytes in place of `GET / HTTP/1.1`."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(line + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response.status, response.getheader("Content-Security-Policy")


def test_the_web_server_takes_odd_lines_without_breaking(port):
    # What is no HTTP at all never gets to the site: the server says 400 or 414 itself, and goes on.
    lines = {
        b"GET /en/%s/ HTTP/1.1" % (b"a" * 10_240): (400, PUBLIC_POLICY),
        b"GET /en/a\x00b/ HTTP/1.1": (400, PUBLIC_POLICY),
        b"GET /en/\xff/ HTTP/1.1": (400, PUBLIC_POLICY),
        b"GET /en/%s/ HTTP/1.1" % (b"a" * 102_400): (414, PUBLIC_POLICY),
        b"GET / HTTP/1.1": (302, PUBLIC_POLICY),
    }

    assert {line: said_over_the_line(port, line) for line in lines} == lines


@pytest.mark.parametrize("more", [{}, {"HSTS_SUBDOMAINS": "0"}, {"HSTS_PRELOAD": "1"}], ids=str)
def test_the_settings_of_production_pass_djangos_own_check(tmp_path, more):
    given = {
        "PRODUCTION": "1",
        "HTTPS": "1",
        "SECRET_KEY": "long enough, and of more than a few different letters: 0123456789",
        "ALLOWED_HOSTS": "www.example.org",
        "EMAIL_URL": "smtp://127.0.0.1:25",
        "SITE_URL": "https://www.example.org",
        "DEFAULT_FROM_EMAIL": "news@example.org",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "BOUNCE_WEBHOOKS": "",
        "DJANGO_SETTINGS_MODULE": "iaec_site.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",
        **more,
    }

    run = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=os.environ | given,
        capture_output=True,
        text=True,
    )

    said = run.stdout + run.stderr
    assert (run.returncode, said.partition(" (")[0]) == (0, "System check identified no issues"), said
