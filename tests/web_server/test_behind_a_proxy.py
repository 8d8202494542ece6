"""The site in production as visitors reach it: behind nginx or Caddy, configured as `deploy/` says."""

import contextlib
import http.client
import re
import socket
import ssl
from types import SimpleNamespace

import pytest

from iaec_site.security_headers import headers_of_all
from tests.certificates import Authority
from tests.iaec_site import observatory
from tests.survival.breakable import CONTENT, Served, new_site, wait_until
from tests.web_server.proxies import caddy, nginx

HOST = "www.example.org"
MORE = """
from tests.factories import make_document, make_publication
publication = make_publication(slug_en="a-book", title_en="A book")
"""
PRODUCTION = {
    "PRODUCTION": "1",
    "HTTPS": "1",
    "ACCESS_LOG": "made",
    "ALLOWED_HOSTS": "www.example.org,example.org",
    "SITE_URL": "https://www.example.org",
    "EMAIL_URL": "consolemail://",
    "DEFAULT_FROM_EMAIL": "news@example.org",
    "SECRET_KEY": "for-tests-alone-but-as-long-as-one-of-a-real-site-has-to-be",
    # So that visitors may come from other addresses of this machine.
    "TRUSTED_PROXIES": "127.0.0.1",
    "LOG_IP": "1",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The site in production, its worker with it, for all tests here."""
    site = new_site(tmp_path_factory.mktemp("behind"), content=False)
    site.manage("migrate", "--verbosity", "0")
    site.python(CONTENT + MORE)
    served = Served(site, **PRODUCTION)
    served.answers = lambda: ask_directly(served.port)
    with served:
        yield served


def ask_directly(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def proxy(request, served, tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxy")
    authority = Authority(folder)
    with request.param(folder, authority, served.port) as running:
        yield Proxy(running, authority, [nginx, caddy].index(request.param) + 1)


class Proxy:
    """How visitors ask it: `ask` over https, `ask_plainly` over http."""

    def __init__(self, running, authority, number):
        self.running, self.number = running, number
        self.context = ssl.create_default_context(cafile=authority.file)

    @contextlib.contextmanager
    def connected(self, host=HOST, source="127.0.0.1", protocols=("http/1.1",)):
        self.context.set_alpn_protocols(list(protocols))
        plain = socket.create_connection(("127.0.0.1", self.running.https), 60, (source, 0))
        with self.context.wrap_socket(plain, server_hostname=host) as one:
            yield one

    def ask(self, path, method="GET", host=HOST, source="127.0.0.1", body=None, **headers):
        connection = http.client.HTTPConnection(host, timeout=60)
        with self.connected(host, source) as connection.sock:
            return asked(connection, method, path, body, headers)

    def ask_plainly(self, path, host=HOST, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.running.http, timeout=60)
        with contextlib.closing(connection):
            return asked(connection, "GET", path, None, {"Host": host, **headers})


def asked(connection, method, path, body, headers):
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    names = [name.lower() for name, _ in answer.getheaders()]
    return SimpleNamespace(
        status=answer.status,
        headers={name.lower(): value for name, value in answer.getheaders()},
        twice={name for name in names if names.count(name) > 1 and name != "set-cookie"},
        content=content,
    )


def test_pages_come_over_https_in_both_versions_of_http(proxy):
    page = proxy.ask("/en/")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    with proxy.connected(protocols=["h2", "http/1.1"]) as one:
        assert (one.selected_alpn_protocol(), one.version()) == ("h2", "TLSv1.3")


def test_an_old_tls_is_refused(proxy):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(("127.0.0.1", proxy.running.https), 10) as plain,
        pytest.raises((ssl.SSLError, ConnectionResetError)),
    ):
        context.wrap_socket(plain, server_hostname=HOST)


@pytest.mark.parametrize("headers", [{}, {"X_Forwarded_Proto": "https"}, {"Forwarded": "proto=https"}], ids=str)
def test_http_leads_to_https_whatever_a_visitor_says(proxy, headers):
    answer = proxy.ask_plainly("/es/agenda/?a=b", **headers)
    assert answer.status in {301, 308}
    assert answer.headers["location"] == "https://www.example.org/es/agenda/?a=b"


def test_the_name_without_www_leads_to_the_other(proxy):
    answer = proxy.ask("/en/news/?page=2", host="example.org")
    assert (answer.status, answer.headers["location"]) == (301, "https://www.example.org/en/news/?page=2")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_what_a_visitor_says_of_scheme_and_host_is_not_heard(proxy):
    forged = {"X_Forwarded_Proto": "http", "X_Forwarded_Host": "evil.example", "Forwarded": "host=evil.example"}
    answer = proxy.ask("/robots.txt", **forged)
    assert answer.status == 200
    assert b"Sitemap: https://www.example.org/sitemap.xml" in answer.content.splitlines()


def test_who_asks_for_another_name_hears_nothing_of_the_site(proxy):
    with pytest.raises(ssl.SSLError), proxy.connected("evil.example"):
        pass
    with proxy.connected() as one:
        one.sendall(b"GET /en/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        heard = b"".join(iter(lambda: one.recv(65536), b""))
    assert heard.partition(b"\r\n\r\n")[2] == b""
    with proxy.connected() as one:
        one.sendall(b"GET /en/ HTTP/1.1\r\nConnection: close\r\n\r\n")
        heard = b"".join(iter(lambda: one.recv(65536), b""))
    assert re.match(rb"HTTP/1\.1 400 ", heard)
    assert b"nginx/" not in heard


def test_the_site_hears_the_address_of_the_visitor_and_none_that_he_names(proxy, served):
    answer = proxy.ask(
        "/en/nowhere-at-all/", source="127.0.0.7", X_Forwarded_For="203.0.113.9", X_Real_IP="203.0.113.9"
    )
    assert answer.status == 404
    line = wait_until(lambda: line_of(served, answer.headers["x-request-id"]), "the line of the log")
    assert ("127.0.0.7" in line, "203.0.113.9" in line) == (True, False)


def test_an_address_behind_the_body_is_not_heard_either(proxy, served):
    """As a trailer (RFC 9110, 6.5), which a proxy may pass on though it replaces the header of that name."""
    with proxy.connected(source="127.0.0.7") as one:
        head = "POST /en/nowhere-at-all/ HTTP/1.1\r\nHost: www.example.org\r\nTransfer-Encoding: chunked\r\n"
        head += "Trailer: X-Forwarded-For, X-Forwarded-Proto\r\nConnection: close\r\n\r\n"
        tail = "2\r\nhi\r\n0\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: http\r\n\r\n"
        one.sendall((head + tail).encode())
        heard = b"".join(iter(lambda: one.recv(65536), b"")).decode()
    request = re.search(r"(?im)^x-request-id: (\S+)", heard)[1]
    line = wait_until(lambda: line_of(served, request), "the line of the log")
    assert ("127.0.0.7" in line, "203.0.113.9" in line, "Location:" in heard) == (True, False, False)


def line_of(served, request):
    return next((line for line in served.said().splitlines() if request in line and " access " in line), None)


def test_the_lock_of_the_entrance_holds_against_other_addresses_in_a_header(proxy):
    """Five wrong passwords from one address; naming others changes nothing, and who is elsewhere still gets in."""
    source = f"127.0.1.{proxy.number}"  # both proxies stand before one site

    def sign_in(source, password, number):
        form = proxy.ask("/admin/login/", source=source)
        cookie = form.headers["set-cookie"].partition(";")[0]
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', form.content)[1].decode()
        body = f"csrfmiddlewaretoken={token}&username=ana&password={password}"
        headers = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Origin": f"https://{HOST}"}
        forged = {"X_Forwarded_For": f"203.0.113.{number}"}
        return proxy.ask("/admin/login/", "POST", source=source, body=body, **headers, **forged).status

    assert [sign_in(source, "wrong", number) for number in range(6)] == [200, 200, 200, 200, 429, 429]
    assert sign_in(source, "correct+horse+battery", 77) == 429
    assert sign_in("127.0.0.10", "correct+horse+battery", 78) == 302


ANSWERS = [
    ("/en/", 200),
    ("/en/news/post-1/", 200),
    ("/en/nowhere/", 404),
    ("/en/%FF/", 404),
    ("/static/css/tokens.css", 200),
    ("/static/nothing.css", 404),
    ("/admin/login/", 200),
    ("/robots.txt", 200),
    ("/healthz", 200),
    ("/readyz", 200),
    ("/metrics", 404),
    ("/media/nothing.pdf", 404),
    ("/.env", 404),
    ("/.git/config", 404),
]


@pytest.mark.parametrize(("path", "status"), ANSWERS, ids=lambda value: str(value))
def test_every_answer_has_its_headers_once(proxy, path, status):
    answer = proxy.ask(path)
    assert (answer.status, answer.twice) == (status, set())
    wanted = {"content-security-policy", "strict-transport-security", *map(str.lower, headers_of_all())}
    assert wanted - set(answer.headers) == set()
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert not re.search(r"\d", answer.headers.get("server", ""))


def test_mozillas_observatory_gives_all_points(proxy):
    """Its published rules, applied to what arrives: all that can be won without a place in browsers' preload list."""
    page, plain = proxy.ask("/en/"), proxy.ask_plainly("/en/")
    first = plain.status, plain.headers["location"]
    found = observatory.points(page.headers, page.content.decode(), host=HOST, first_answer_over_http=first)
    assert {rule: points for rule, points in found.items() if points < 0} == {}
    assert observatory.score(found) == 135


def test_packed_pages_pass_and_are_asked_for_again_by_their_mark(proxy):
    plain = proxy.ask("/en/")
    for name, accepted in [("br", "br, gzip"), ("gzip", "gzip")]:
        packed = proxy.ask("/en/", Accept_Encoding=accepted)
        assert (packed.headers["content-encoding"], packed.headers["vary"]) == (name, "Accept-Encoding")
        assert len(packed.content) == int(packed.headers["content-length"]) < len(plain.content) / 2
        again = proxy.ask("/en/", Accept_Encoding=accepted, If_None_Match=packed.headers["etag"])
        assert (again.status, again.content, again.headers["etag"]) == (304, b"", packed.headers["etag"])


def test_a_document_comes_whole_and_in_part(proxy):
    page = proxy.ask("/en/publications/a-book/")
    address = re.search(rb'type="application/pdf" href="([^"]+)"', page.content)[1].decode()
    whole = proxy.ask(address)
    assert (whole.status, whole.content[:5]) == (200, b"%PDF-")
    part = proxy.ask(address, Range="bytes=0-4")
    assert (part.status, part.content) == (206, b"%PDF-")
    assert proxy.ask(f"{address}/../../site.sqlite3").status in {400, 404}


def test_what_is_too_large_is_refused_by_nginx_itself(proxy):
    """Of Caddy this is not asked: it may wait for more of the body before it passes the site's answer on."""
    if proxy.number != 1:
        pytest.skip("about nginx alone")
    with proxy.connected() as one:
        one.sendall(b"POST /en/newsletter/subscribe/ HTTP/1.1\r\nHost: www.example.org\r\n")
        one.sendall(b"Content-Length: %d\r\n\r\n" % (257 * 1024 * 1024))
        assert re.match(rb"HTTP/1\.1 413 ", one.recv(65536))


def test_a_form_that_is_too_large_is_refused_by_the_site(proxy):
    answer = proxy.ask(
        "/en/newsletter/subscribe/",
        "POST",
        body=b"email=" + b"a" * 20_000_000,
        Content_Type="application/x-www-form-urlencoded",
        Origin=f"https://{HOST}",
    )
    assert (answer.status, "x-request-id" in answer.headers) == (400, True)


# Last, as it stops the site for a while.
def test_while_the_site_is_away_visitors_are_told_kindly(proxy, served):
    served.stop()
    try:
        answer = proxy.ask("/en/")
        assert (answer.status, answer.headers["retry-after"], answer.twice) == (503, "60", set())
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        text = answer.content.decode()
        assert re.findall(r'<p(?: lang="(..)")?>', text) == ["", "es", "fr", "ca", "pt"]
        assert proxy.ask_plainly("/en/").headers["location"] == "https://www.example.org/en/"
    finally:
        served.start()
    assert proxy.ask("/en/").status == 200
