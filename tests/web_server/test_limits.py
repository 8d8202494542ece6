"""What somebody may do to the server: send much, slowly or nonsense, and go away in the middle."""

import hashlib
import threading
import time

import pytest

from iaec_site.web_server import bridge, ready_pages
from tests.web_server.serving import Connection, serving

PLAIN = [("Content-Type", "text/plain")]


def echo(environ, start_response):
    """Says what has come: length as the application was told, and a digest."""
    body = environ["wsgi.input"].read()
    text = f"{environ.get('CONTENT_LENGTH')} {hashlib.sha256(body).hexdigest()}".encode()
    start_response("200 OK", [*PLAIN, ("Content-Length", str(len(text)))])
    return [text]


def test_a_body_comes_whole_by_length_or_in_pieces():
    body = bytes(range(256)) * 12_000
    expected = f"{len(body)} {hashlib.sha256(body).hexdigest()}".encode()
    with serving(echo) as port, Connection(port) as visitor:
        visitor.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        assert visitor.answer().body == expected
        visitor.send(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        for begin in range(0, len(body), 100_000):
            piece = body[begin : begin + 100_000]
            visitor.send(b"%x\r\n%s\r\n" % (len(piece), piece))
        visitor.send(b"0\r\n\r\n")
        assert visitor.answer().body == expected


def test_who_waits_for_permission_to_send_gets_it():
    with serving(echo) as port, Connection(port) as visitor:
        visitor.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        assert visitor.until(b"\r\n\r\n") == b"HTTP/1.1 100 Continue"
        visitor.send(b"hi")
        assert visitor.answer().body.startswith(b"2 ")


@pytest.mark.parametrize(
    "head",
    [
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + bytes(1001) + b"\r\n",
    ],
)
def test_a_body_without_end_is_refused(monkeypatch, head):
    monkeypatch.setattr(bridge, "LARGEST_BODY", 1000)
    with serving(echo) as port, Connection(port) as visitor:
        visitor.send(head)
        answer = visitor.answer()

        assert (answer.status, answer.headers["connection"]) == (413, "close")
        assert visitor.is_closed()


def test_a_slow_body_takes_no_thread_and_comes_to_an_end(monkeypatch):
    monkeypatch.setattr(bridge, "PATIENCE", 1)
    with serving(echo, threads=1) as port, Connection(port) as slow, Connection(port) as visitor:
        slow.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        assert visitor.get("/").status == 200
        assert slow.answer().status == 408


def test_a_body_that_drips_comes_to_an_end(monkeypatch):
    monkeypatch.setattr(bridge, "PATIENCE", 1)
    with serving(echo) as port, Connection(port) as slow:
        slow.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
        for _ in range(4):
            slow.send(b"x")
            time.sleep(0.4)
        assert slow.answer().status == 408


def test_who_sends_slowly_has_no_place_in_the_queue(monkeypatch):
    monkeypatch.setattr(bridge, "QUEUE", 1)
    with serving(echo, threads=1) as port, Connection(port) as slow, Connection(port) as visitor:
        slow.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        time.sleep(0.2)
        assert visitor.get("/").status == 200


def test_who_stops_reading_gives_the_thread_back(monkeypatch):
    monkeypatch.setattr(bridge, "PATIENCE", 1)
    endless = Endless()
    with serving(endless, threads=1) as port, Connection(port) as visitor:
        visitor.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert endless.closed.wait(10)


def test_a_head_without_end_is_refused(monkeypatch):
    with serving(echo) as port, Connection(port) as visitor:
        visitor.send(b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: " + b"a" * (ready_pages.LONGEST_HEAD + 1))
        assert visitor.answer().status == 431
        assert visitor.is_closed()


def test_many_short_requests_are_no_long_head():
    with serving(echo) as port, Connection(port) as visitor:
        for _ in range(3):
            visitor.send(b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 30_000 + b"\r\n\r\n")
            assert visitor.answer().status == 200


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost:", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"])
def test_who_says_nothing_more_is_left(monkeypatch, sent):
    for name in ("HEAD_SECONDS", "IDLE_SECONDS", "LOOKS_EVERY"):
        monkeypatch.setattr(ready_pages, name, 0.3)
    with serving(echo) as port, Connection(port) as visitor:
        visitor.send(sent)
        if sent.endswith(b"\r\n\r\n"):
            assert visitor.answer().status == 200
        assert visitor.is_closed()


def test_an_answer_may_take_longer_than_a_connection_may_wait(monkeypatch):
    for name in ("HEAD_SECONDS", "IDLE_SECONDS", "LOOKS_EVERY"):
        monkeypatch.setattr(ready_pages, name, 0.1)

    def slow(environ, start_response):
        time.sleep(1)
        return echo(environ, start_response)

    with serving(slow) as port, Connection(port) as visitor:
        assert visitor.get("/").status == 200


def test_what_is_no_http_is_refused():
    with serving(echo) as port, Connection(port) as visitor:
        visitor.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")
        answer = visitor.answer()

        assert answer.status == 400
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; ")
        assert visitor.is_closed()


def test_headers_with_underscores_are_not_taken_for_others():
    def told(environ, start_response):
        text = f"{environ.get('HTTP_X_FORWARDED_PROTO')} {environ['HTTP_COOKIE']}".encode()
        start_response("200 OK", [*PLAIN, ("Content-Length", str(len(text)))])
        return [text]

    with serving(told) as port, Connection(port) as visitor:
        answer = visitor.get("/", "X_Forwarded_Proto: https", "Cookie: a=1", "Cookie: b=2")
        assert answer.body == b"None a=1; b=2"


class Endless:
    """An answer that is made while it is sent, until somebody closes it."""

    def __init__(self):
        self.made = 0
        self.closed = threading.Event()

    def __call__(self, environ, start_response):
        start_response("200 OK", PLAIN)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        self.made += 1
        return b"x" * 65536

    def close(self):
        self.closed.set()


def test_who_leaves_a_long_answer_ends_it_and_who_reads_slowly_slows_it():
    endless = Endless()
    with serving(endless) as port:
        with Connection(port) as visitor:
            visitor.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            visitor.until(b"\r\n\r\n")
            time.sleep(1)
            made = endless.made
            time.sleep(0.5)
            assert endless.made == made  # nothing more than fits into the buffers on the way
        assert endless.closed.wait(10)


def test_more_than_can_be_waited_for_is_refused_at_once(monkeypatch):
    monkeypatch.setattr(bridge, "QUEUE", 1)
    free = threading.Event()

    def busy(environ, start_response):
        free.wait(10)
        return echo(environ, start_response)

    with serving(busy, threads=1) as port, Connection(port) as first, Connection(port) as second:
        first.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.3)
        assert second.get("/").status == 503
        free.set()
        assert first.answer().status == 200
