"""Other sites are asked politely and in little time, and nobody within our own network is asked at all.

Every answer here comes from a server of this machine.
"""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from checks import asking
from checks.asking import Answer, Patience, ask, is_public, user_agent


class Site(BaseHTTPRequestHandler):
    def answer(self):
        self.server.seen.append((self.command, self.path, self.headers["Host"], self.headers["User-Agent"]))
        path = self.path.partition("?")[0]
        if path == "/only-get" and self.command == "HEAD":
            return self.say(405)
        if path == "/loop":
            return self.say(302, Location="/loop")
        if path == "/moved":
            return self.say(301, Location="/there")
        if path == "/inside":
            return self.say(302, Location="http://10.0.0.1/")
        if path == "/file":
            return self.say(302, Location="file:///etc/passwd")
        if path == "/slow":
            time.sleep(1.5)
            return None
        if path == "/drip":
            for byte in b"HTTP/1.0 200 OK\r\n" * 3:
                time.sleep(0.1)
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
            return None
        if path == "/nonsense":
            return self.wfile.write(b"nonsense\r\n\r\n")
        return self.say({"/gone": 410, "/closed": 403, "/broken": 500}.get(path, 200))

    do_GET = do_HEAD = answer

    def say(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.seen = []
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def private_allowed(settings):
    settings.CHECK_PRIVATE_ADDRESSES = True


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/there", Answer(200)),
        ("/there?a=b&c=%20d", Answer(200)),
        ("/é", Answer(200)),
        ("/only-get", Answer(200)),
        ("/moved", Answer(200)),
        ("/closed", Answer(403)),
        ("/gone", Answer(410, "410 Gone")),
        ("/broken", Answer(500, "500 Internal Server Error")),
        ("/loop", Answer(None, "too many redirects")),
        ("/file", Answer(None, "no address of the web")),
        ("/nonsense", Answer(None, "nonsense")),
    ],
)
def test_what_is_answered(site, private_allowed, path, answer):
    found = ask(site.address + path)

    assert (found.status, found.problem.strip()) == (answer.status, answer.problem)


def test_get_is_asked_only_where_head_is_no_answer(site, private_allowed):
    ask(f"{site.address}/there")
    ask(f"{site.address}/only-get")

    assert [(method, path) for method, path, host, agent in site.seen] == [
        ("HEAD", "/there"),
        ("HEAD", "/only-get"),
        ("GET", "/only-get"),
    ]


def test_who_asks_is_said(site, private_allowed, settings):
    settings.SITE_URL = "https://www.example.org"
    ask(f"{site.address}/there")

    assert site.seen[0][2:] == (site.address.removeprefix("http://"), user_agent())
    assert "https://www.example.org" in user_agent()


def test_a_slow_site_is_not_waited_for(site, private_allowed, monkeypatch):
    monkeypatch.setattr(asking, "TIME_LIMIT", 0.3)
    begun = time.monotonic()

    assert ask(f"{site.address}/slow") == Answer(None, "no answer in time")
    assert time.monotonic() - begun < 1.2


def test_nor_is_one_that_sends_a_byte_now_and_then(site, private_allowed, monkeypatch):
    monkeypatch.setattr(asking, "LIMIT_IN_ALL", 0.6)
    begun = time.monotonic()

    assert ask(f"{site.address}/drip") == Answer(None, "no answer in time")
    assert time.monotonic() - begun < 2


def test_nobody_at_home(private_allowed):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert ask(f"http://127.0.0.1:{port}/") == Answer(None, "nobody answers there")


# --- our own network ---


def test_addresses_of_our_own_network_are_not_asked(site):
    assert ask(f"{site.address}/there").problem == f"port {site.server_port} is not asked"
    assert site.seen == []


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "https://172.16.0.1/",
    ],
)
def test_no_way_of_writing_it_leads_into_our_own_network(address):
    assert ask(address) == Answer(None, "not an address of the public Internet")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.org/", "http:///", "gopher://127.0.0.1:11211/"]
)
def test_nothing_but_the_web_is_asked(address):
    assert ask(address) == Answer(None, "no address of the web")


@pytest.mark.parametrize("address", ["http://[oops", "http://127.0.0.1:99999/", "http://127.0.0.1:x/"])
def test_a_broken_address_is_a_problem_and_no_error(address):
    assert ask(address).problem != ""


def test_each_step_of_a_redirect_is_looked_at(site, monkeypatch, settings):
    """The first host counts as public here, the second one does not."""
    monkeypatch.setattr(asking, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(asking, "PORTS", {80, site.server_port})

    assert ask(f"{site.address}/there") == Answer(200)
    assert ask(f"{site.address}/inside") == Answer(None, "not an address of the public Internet")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:93.184.216.34", True),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fc00::1", False),
        ("fe80::1%eth0", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) == public


# --- patience ---


def test_there_is_a_pause_between_two_requests_to_one_host():
    clock, slept = [0.0], []

    def sleep(seconds):
        slept.append(seconds)
        clock[0] += seconds

    patience = Patience(2.0, sleep=sleep, clock=lambda: clock[0])
    for host in ("a", "b", "a"):
        patience(host)

    assert slept == [2.0]
