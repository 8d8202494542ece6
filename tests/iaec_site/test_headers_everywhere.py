"""Every answer carries every header: pages ready or new, errors, files, redirects, and what breaks outside of Django.

With the settings of production, over https behind a proxy.
"""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from iaec_site.security_headers import EDITOR_POLICY, PUBLIC_POLICY, guarded
from tests import factories
from tests.iaec_site.observatory import points, score
from tests.page_cache.asking import Site, ask

HOST = "testserver"
OF_ALL = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": PUBLIC_POLICY,
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), "
        "usb=(), xr-spatial-tracking=()"
    ),
}
ADDRESSES = {
    "a page": ("/en/", 200),
    "the door": ("/", 302),
    "a page that never was": ("/en/never/was/", 404),
    "an address without its slash": ("/en/news", 301),
    "a year out of all bounds": ("/en/agenda/1066/", 404),
    "a static file": ("/static/css/tokens.css", 200),
    "a static file that never was": ("/static/nothing.css", 404),
    "a picture that never was": ("/media/nothing", 404),
    "robots.txt": ("/robots.txt", 200),
    "the search": ("/en/search/?q=a", 200),
}


@pytest.fixture
def https(settings):
    """As PRODUCTION=1 sets it."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


@pytest.fixture
def site(transactional_db, https):
    factories.make_site_identity()
    return Site()


def headers_of_all(heard):
    return {name: heard.headers.get(name) for name in OF_ALL}


def secure(site, address, **more):
    return site.ask(address, x_forwarded_proto="https", **more)


@pytest.mark.parametrize(("address", "status"), ADDRESSES.values(), ids=ADDRESSES)
def test_every_answer_carries_every_header(site, address, status):
    first, again = secure(site, address), secure(site, address)

    assert (first.status, headers_of_all(first)) == (status, OF_ALL)
    assert (again.status, headers_of_all(again)) == (status, OF_ALL)


def test_a_page_that_is_not_modified_says_it_with_every_header(site):
    tag = secure(site, "/en/").headers["ETag"]

    known = secure(site, "/en/", if_none_match=tag)

    assert (known.status, headers_of_all(known)) == (304, OF_ALL)


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "a b", "testserver:80:80", "[::1"])
def test_a_foreign_host_is_refused_with_every_header(site, host):
    heard = secure(site, "/en/", host=host)

    assert (heard.status, headers_of_all(heard)) == (400, OF_ALL)
    assert "evil" not in heard.body.decode() + str(heard.headers)


@pytest.mark.parametrize("host", ["testserver", "evil.example"])
def test_the_way_to_https_carries_what_http_may(site, host):
    heard = site.ask("/en/", host=host)

    expected = (301, "https://testserver/en/") if host == HOST else (400, None)
    assert (heard.status, heard.headers.get("Location")) == expected
    assert headers_of_all(heard) == {**OF_ALL, "Strict-Transport-Security": None}


def test_what_breaks_within_django_carries_every_header(site, monkeypatch):
    monkeypatch.setattr("iaec_site.views.render", lambda *args, **kwargs: 1 / 0)
    heard = secure(site, "/en/")

    assert (heard.status, headers_of_all(heard)) == (500, OF_ALL)


def test_what_breaks_outside_of_django_carries_every_header(https):
    def broken(environ, start_response):
        raise UnicodeError("not a word of Latin-1")

    heard = ask(guarded(broken), "/en/")

    assert (heard.status, headers_of_all(heard)) == (500, OF_ALL)
    assert b"Latin-1" not in heard.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENSE"])
def test_a_method_that_is_not_taken_carries_every_header(site, method):
    heard = secure(site, "/en/", method=method)

    assert (heard.status, headers_of_all(heard)) == (405, OF_ALL)


def test_pictures_may_be_shown_by_others_and_carry_all_else(site):
    picture = factories.make_picture()
    heard = secure(site, f"/media/{picture.fallback['name']}")

    assert default_storage.exists(picture.fallback["name"])
    own = {"Cross-Origin-Resource-Policy": "cross-origin", "Content-Security-Policy": "default-src 'none'; sandbox"}
    assert headers_of_all(heard) == OF_ALL | own


def test_the_admin_is_strict_but_for_pages_that_hold_the_editor(db, https):
    desk = Client(headers={"x-forwarded-proto": "https"})
    desk.force_login(factories.make_editor())
    names = ("script-src", "style-src", "default-src")

    def policy(address):
        parts = [part.split() for part in desk.get(address).headers["Content-Security-Policy"].split("; ")]
        return {name: sources for name, *sources in parts if name in names}

    strict = {"default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"]}
    pages = ["", "news/post/", "news/category/add/", "auth/user/", "password_change/", "nothing/"]
    assert [policy(f"/admin/{page}") for page in pages] == [strict] * len(pages)
    assert desk.get("/admin/news/post/add/").headers["Content-Security-Policy"] == EDITOR_POLICY
    assert "unsafe-eval" not in EDITOR_POLICY


def test_the_observatory_gives_the_most_that_a_site_without_preloading_can_get(site):
    plain = site.ask("/en/")
    heard = secure(site, "/en/")

    found = points(
        heard.headers,
        heard.body.decode(),
        host=HOST,
        first_answer_over_http=(plain.status, plain.headers["Location"]),
    )

    assert found == {
        "content-security-policy": 10,
        "cookies": 0,  # 5 for cookies that are kept well; a site that sets none gets nothing for it
        "cross-origin-resource-sharing": 0,
        "redirection": 0,
        "referrer-policy": 5,
        "strict-transport-security": 0,  # 5 with preloading
        "subresource-integrity": 5,
        "x-content-type-options": 0,
        "x-frame-options": 5,
        "cross-origin-resource-policy": 10,
    }
    assert score(found) == 135


def test_the_grade_can_fail(site):
    """The rules above are not deaf: a page with none of the headers, and one of another site's scripts."""
    page = '<script src="//evil.example/x.js"></script>'
    found = points({}, page, host=HOST, first_answer_over_http=(200, ""))

    assert (found["content-security-policy"], found["redirection"], found["subresource-integrity"]) == (-25, -20, -50)
    assert score(found) == 0
