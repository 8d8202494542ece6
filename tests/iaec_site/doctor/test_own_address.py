"""What the doctor says of the site as visitors reach it: proxies on this machine with one fault each."""

import contextlib
import datetime
import http.server
import socket
import ssl
import threading
from email.utils import formatdate
from time import time

import pytest

from iaec_site.doctor import of_address
from iaec_site.doctor.examining import examined
from iaec_site.doctor.findings import State
from tests.certificates import DAY, Authority

OK, WARNING, FAILS, SKIPPED = State
GOOD = [
    "own address",
    "certificate",
    "clock of the web server",
    "scheme and host",
    "forged scheme",
    "security headers",
]


class Proxy(http.server.ThreadingHTTPServer):
    """Answers as a site behind a good proxy does, but for its `faults`: see `Answers.do_GET`."""

    daemon_threads = True
    faults = frozenset()
    late = 0.0  # seconds that its clock is behind

    def handle_error(self, request, client_address):
        """A client that does not trust the certificate goes away: that is what is tested."""


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        faults = self.server.faults
        forwarded = self.headers.get("X-Forwarded-Proto")
        headers = {name: "x" for name in of_address.WANTED if f"without {name}" not in faults}
        status, text = 200, "ok\n"
        if self.path == "/readyz":
            if "not ready" in faults:
                status, text = 503, "The database does not answer.\n"
        elif "host refused" in faults:
            status, text = 400, "Bad Request"
        elif forwarded == "http" and "passes on the scheme" in faults:
            status, headers["Location"] = 301, f"https://{self.headers['Host']}{self.path}"
        else:
            scheme = "http" if "scheme not set" in faults else "https"
            host = "127.0.0.1:8000" if "host not passed on" in faults else self.headers["Host"]
            text = f"User-agent: *\nSitemap: {scheme}://{host}/sitemap.xml\n"
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "header twice" in faults:
            self.send_header("X-Frame-Options", "DENY")
        if "no date" not in faults:
            self.send_header("Date", formatdate(time() - self.server.late, usegmt=True))
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *arguments):
        """Not onto the test's output."""


@pytest.fixture
def authority(tmp_path, monkeypatch):
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


@pytest.fixture
def examine(settings, authority):
    """The findings for a proxy with such faults and such a certificate."""

    def examine(*faults, late=0.0, names=("localhost",), **certificate):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*authority.certificate(*names, **certificate))
        with listening(Answers, faults, late, context) as port:
            settings.PRODUCTION, settings.SITE_URL = True, f"https://localhost:{port}"
            return examined(of_address.own_address)

    return examine


@contextlib.contextmanager
def listening(handler, faults=(), late=0.0, context=None):
    server = Proxy(("127.0.0.1", 0), handler)
    server.faults, server.late = frozenset(faults), late
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def wrong(findings):
    """What is not in order, and what of it is said."""
    for one in findings:
        assert bool(one.remedy) == (one.state in {WARNING, FAILS})
    return [(one.state, one.what, one.found) for one in findings if one.state is not OK]


def test_a_good_proxy(examine):
    findings = examine()
    assert [(one.state, one.what) for one in findings] == [(OK, what) for what in GOOD]
    assert findings[1].found in {"good for 59 days", "good for 60 days"}


@pytest.mark.parametrize("days", [15, 13, 1])
def test_a_certificate_that_ends_soon(examine, days):
    found = wrong(examine(until=days * DAY + datetime.timedelta(minutes=1)))
    assert found == ([] if days > 14 else [(WARNING, "certificate", f"ends in {days} days")])


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        ({"since": -9 * DAY, "until": -DAY}, "certificate has expired"),
        ({"since": DAY, "until": 9 * DAY}, "certificate is not yet valid"),
        ({"is_self_signed": True}, "self-signed certificate"),
        (
            {"names": ("other.example.org",)},
            "Hostname mismatch, certificate is not valid for 'localhost'.",
        ),
    ],
    ids=["expired", "of tomorrow", "self-signed", "another name"],
)
def test_a_certificate_that_browsers_refuse(examine, certificate, words):
    (finding,) = examine(**certificate)
    assert (finding.state, finding.what, finding.found.replace("self signed", "self-signed")) == (
        FAILS,
        "certificate",
        words,
    )


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("without Strict-Transport-Security", ["security headers"]),
        ("without Content-Security-Policy", ["security headers"]),
        ("header twice", ["security headers"]),
        ("passes on the scheme", ["forged scheme"]),
        ("scheme not set", ["scheme and host"]),
        ("host not passed on", ["scheme and host"]),
        ("host refused", ["scheme and host", "forged scheme"]),
        ("not ready", ["own address"]),
    ],
)
def test_a_fault_of_the_proxy(examine, fault, expected):
    assert [(state, what) for state, what, _ in wrong(examine(fault))] == [(FAILS, what) for what in expected]


def test_a_fault_is_named(examine):
    assert wrong(examine("without Strict-Transport-Security"))[0][2] == (
        "lacking: ['Strict-Transport-Security']; twice: none"
    )
    assert wrong(examine("header twice"))[0][2] == "lacking: none; twice: ['X-Frame-Options']"
    assert wrong(examine("not ready"))[0][2] == "/readyz answers 503 The database does not answer."
    assert wrong(examine("host refused"))[0][2] == "asked by its address, the site says “400”"


def test_a_clock_that_is_behind(examine):
    assert [(state, what) for state, what, _ in wrong(examine(late=10))] == [(WARNING, "clock of the web server")]
    assert [(state, what) for state, what, _ in wrong(examine(late=90))] == [(FAILS, "clock of the web server")]
    assert wrong(examine("no date")) == []


class Redirects(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        (answer,) = self.server.faults
        status, _, location = answer.partition(" ")
        self.send_response_only(int(status))
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def log_message(self, *arguments):
        """Not onto the test's output."""


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("301 https://localhost/robots.txt", OK),
        ("308 https://localhost/robots.txt", OK),
        ("302 https://localhost/robots.txt", FAILS),
        ("301 https://www.localhost/robots.txt", FAILS),
        ("301 https://localhost/", FAILS),
        ("301 http://localhost/robots.txt", FAILS),
        ("200", FAILS),
    ],
)
def test_where_http_leads(monkeypatch, answer, state):
    with listening(Redirects, [answer]) as port:
        monkeypatch.setattr(of_address, "HTTP_PORT", port)
        (finding,) = of_address.redirected_to_https("localhost")
    assert (finding.state, finding.what) == (state, "from http")


def test_a_site_without_https_is_warned(settings):
    with listening(Answers, ["scheme not set"]) as port:
        settings.PRODUCTION, settings.SITE_URL = True, f"http://localhost:{port}"
        findings = examined(of_address.own_address)
    assert wrong(findings) == [(WARNING, "https", "SITE_URL is not https")]


def test_nobody_listens(settings):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings.PRODUCTION, settings.SITE_URL = True, f"https://127.0.0.1:{port}"
    assert wrong(examined(of_address.own_address)) == [
        (FAILS, "own address", f"https://127.0.0.1:{port}: [Errno 111] Connection refused")
    ]


def test_a_server_that_speaks_no_tls(settings):
    with listening(Answers) as port:
        settings.PRODUCTION, settings.SITE_URL = True, f"https://127.0.0.1:{port}"
        (finding,) = examined(of_address.own_address)
    assert (finding.state, finding.what) == (FAILS, "own address")


def test_another_machine_is_not_asked(settings):
    """192.0.2.1 is nobody's (RFC 5737): asking it would take as long as the doctor's patience, and be traffic."""
    settings.PRODUCTION, settings.SITE_URL = True, "https://192.0.2.1"
    assert wrong(examined(of_address.own_address)) == [
        (SKIPPED, "own address", "192.0.2.1 leads to another machine, which is not asked")
    ]


def test_a_trial_is_not_asked(settings):
    settings.PRODUCTION = False
    assert [one.state for one in examined(of_address.own_address)] == [SKIPPED]
