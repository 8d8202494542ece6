"""What the server itself refuses, or gives up, is counted by its reason; a visitor cannot make a name for it."""

import threading
import time

from iaec_site.metrics.counting import NAMES
from iaec_site.web_server import bridge, ready_pages
from tests.survival.breakable import wait_until
from tests.web_server.serving import Connection, serving
from tests.web_server.test_limits import echo


def new_counts():
    return [0] * len(NAMES)


def what_was_counted(counts, beginning):
    return {name: number for name, number in zip(NAMES, counts, strict=True) if number and name.startswith(beginning)}


def refusals(counts):
    return what_was_counted(counts, "refusals:")


def test_what_is_no_http_or_too_long(monkeypatch):
    monkeypatch.setattr(ready_pages, "LONGEST_HEAD", 1000)
    counts = new_counts()
    with serving(echo, counts=counts) as port:
        for sent in (b"\x00\x01\r\n\r\n", b"GET /" + b"x" * 2000, b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 2000):
            with Connection(port) as visitor:
                visitor.send(sent)
                visitor.answer()
    assert refusals(counts) == {"refusals:not_http": 1, "refusals:long_address": 1, "refusals:long_head": 1}
    assert sum(what_was_counted(counts, "answers:").values()) == 3
    assert sum(what_was_counted(counts, "answers:refused:").values()) == 3


def test_who_sends_too_much_or_too_slowly(monkeypatch):
    monkeypatch.setattr(bridge, "PATIENCE", 0.5)
    monkeypatch.setattr(bridge, "LARGEST_BODY", 1000)
    monkeypatch.setattr(ready_pages, "HEAD_SECONDS", 0.2)
    monkeypatch.setattr(ready_pages, "LOOKS_EVERY", 0.1)
    counts = new_counts()
    with serving(echo, counts=counts) as port:
        with Connection(port) as slow:
            slow.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
            assert slow.answer().status == 408
        with Connection(port) as large:
            large.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n")
            assert large.answer().status == 413
        with Connection(port) as slow:
            slow.send(b"GET / HTTP/1.1\r\nHo")
            assert slow.is_closed()
        with Connection(port) as gone:
            gone.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        wait_until(lambda: "refusals:gone" in refusals(counts), "word of who has gone")
    assert refusals(counts) == {
        "refusals:slow_body": 1,
        "refusals:large_body": 1,
        "refusals:slow_head": 1,
        "refusals:gone": 1,
    }
    # Whose head never came was never a request.
    assert what_was_counted(counts, "answers:") == {"answers:refused:POST:4xx": 3}
    assert 0.5 <= what_was_counted(counts, "seconds:")["seconds:refused"] < 5


def test_whoever_finds_the_queue_full(monkeypatch):
    monkeypatch.setattr(bridge, "QUEUE", 2)
    go_on = threading.Event()

    def slow(environ, start_response):
        go_on.wait(20)
        return echo(environ, start_response)

    counts = new_counts()
    with serving(slow, threads=1, counts=counts) as port:
        visitors = [Connection(port, timeout=30) for _ in range(3)]
        for visitor in visitors:
            visitor.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            time.sleep(0.2)
        assert visitors[2].answer().status == 503
        go_on.set()
        assert [visitor.answer().status for visitor in visitors[:2]] == [200, 200]
        for visitor in visitors:
            visitor.socket.close()
    assert refusals(counts) == {"refusals:queue_full": 1}
    assert what_was_counted(counts, "answers:") == {"answers:individual:GET:2xx": 2, "answers:refused:GET:5xx": 1}


def test_an_application_that_breaks_is_an_error_of_the_server():
    def broken(environ, start_response):
        raise RuntimeError("not caught by Django")

    counts = new_counts()
    with serving(broken, counts=counts) as port, Connection(port) as visitor:
        assert visitor.get("/").status == 500
        wait_until(lambda: what_was_counted(counts, "answers:"), "the count")
    assert what_was_counted(counts, "answers:") == {"answers:individual:GET:5xx": 1}
