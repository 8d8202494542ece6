"""Through a socket, what is ready is to the byte what Django's own way answers."""

import pytest
from django.conf import settings

from tests import factories
from tests.iaec_site.public_site import addresses, make_site
from tests.page_cache.asking import Site
from tests.web_server.serving import Connection, serving

# What the server itself adds.
OF_THE_SERVER = {"date", "connection", "x-request-id"}


@pytest.fixture
def site(transactional_db):
    return Site()


@pytest.fixture
def port(site):
    with serving(site.cache, site.cache) as port:
        yield port


def told(heard):
    headers = {name.lower(): value.lower() for name, value in heard.headers.items()}
    return heard.status, {name: value for name, value in headers.items() if name not in OF_THE_SERVER}, heard.body


def test_every_page_twice_in_each_encoding(site, port):
    items = make_site()
    pages = list(addresses(items, "ca").values())
    pages += [
        "/robots.txt",
        "/sitemap.xml",
        "/en/agenda.ics",
        "/en/nothing/",
        "/%C3%A0/",
        "/en/search/?q=%22caf%C3%A9",
        "/en",
    ]
    differing = {}
    with Connection(port) as visitor:
        for address in pages:
            for encoding in ("identity", "gzip", "br"):
                first = visitor.get(address, f"Accept-Encoding: {encoding}")
                again = visitor.get(address, f"Accept-Encoding: {encoding}")
                expected = told(site.ask(address, accept_encoding=encoding))
                if not told(first) == told(again) == expected:
                    differing[address, encoding] = (first, again, expected)

    assert differing == {}
    assert len(site.made) == len(set(site.made)) == len(set(pages))


def test_a_ready_page_takes_no_thread(site):
    factories.make_site_identity()

    def nobody(environ, start_response):
        raise AssertionError("this was ready")

    expected = site.ask("/en/news/")
    with serving(nobody, site.cache) as port, Connection(port) as visitor:
        assert told(visitor.get("/en/news/")) == told(expected)
        assert told(visitor.get("/en/news/?utm_source=letter")) == told(expected)
        tag = expected.headers["ETag"]
        known = visitor.get("/en/news/", f"If-None-Match: {tag}")
        assert (known.status, known.headers["etag"], known.body) == (304, tag, b"")
        head = visitor.get("/en/news/", method="HEAD")
        assert (head.status, head.headers["content-length"]) == (200, str(len(expected.body)))


def test_staff_other_hosts_and_doubtful_requests_go_to_django(site, port):
    factories.make_site_identity()
    with Connection(port) as visitor:
        visitor.get("/en/news/")
        made = len(site.made)
        assert visitor.get("/en/news/", f"Cookie: a=b; {settings.SESSION_COOKIE_NAME}=0123").status == 200
        assert len(site.made) == made + 1
        assert visitor.get("/en/news/", "Host: other.example").status == 400
        assert visitor.get("/en/news/", host="other.example").status == 400
        assert visitor.get("http://testserver/en/news/").status == 200


def test_the_scheme_is_the_one_that_the_proxy_names(site, port, settings):
    factories.make_site_identity()
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = Site()
    with serving(behind.cache, behind.cache) as behind_port, Connection(behind_port) as visitor:
        pages = [visitor.get("/en/news/", *headers).body for headers in ([], ["X-Forwarded-Proto: https"]) * 2]

    assert b"http://testserver/en/news/" in pages[0]
    assert b"https://testserver/en/news/" in pages[1]
    assert pages[:2] == pages[2:]
    assert len(behind.made) == 2


def test_answers_come_in_the_order_of_the_questions(site, port):
    factories.make_site_identity()
    with Connection(port) as visitor:
        ready = visitor.get("/en/news/").body
        fresh = [f"/en/search/?q=word{number}" for number in range(3)]
        questions = ["/en/news/", fresh[0], "/en/news/", "/en/news/", fresh[1], fresh[2], "/en/news/"]
        visitor.send(b"".join(f"GET {address} HTTP/1.1\r\nHost: testserver\r\n\r\n".encode() for address in questions))
        answers = [visitor.answer().body for _ in questions]

    for address, body in zip(questions, answers, strict=True):
        assert body == (ready if address == "/en/news/" else site.ask(address).body)


@pytest.mark.parametrize("rest", [b"1.0\r\nHost: testserver", b"1.1\r\nHost: testserver\r\nConnection: close"])
def test_old_browsers_and_those_who_say_so_are_left(site, port, rest):
    factories.make_site_identity()
    for _ in range(2):
        with Connection(port) as visitor:
            visitor.send(b"GET /en/news/ HTTP/" + rest + b"\r\n\r\n")
            answer = visitor.answer()
            assert (answer.status, answer.headers["connection"]) == (200, "close")
            assert visitor.is_closed()


def test_who_asks_on_without_reading_has_to_wait(site, port):
    factories.make_site_identity()
    with Connection(port, timeout=3) as visitor:
        visitor.get("/en/news/")
        questions = b"GET /en/news/ HTTP/1.1\r\nHost: testserver\r\n\r\n" * 500_000
        with pytest.raises(TimeoutError):
            visitor.send(questions)
