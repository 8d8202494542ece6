"""Requests in hand while the real server is replaced or stopped: to their end, or cut and written down."""

import contextlib
import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from iaec_site.web_server.bridge import INTERRUPTED
from tests.iaec_site.backup.sites import ROOT
from tests.survival.breakable import Served, children_of, free_port, new_site, wait_until
from tests.survival.test_sqlite_in_trouble import sign_up
from tests.web_server.serving import Connection

SUBSCRIBE = "/en/newsletter/subscribe/"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return new_site(tmp_path_factory.mktemp("draining"))


@pytest.fixture
def served(site):
    with Served(site, ACCESS_LOG="made") as served:
        yield served


@contextlib.contextmanager
def slow_request(served):
    """Somebody subscribes while another program holds the database. Yields `release` and `answer`."""
    form = sign_up(served)
    other = sqlite3.connect(served.site.folder / "site.sqlite3", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    heard = []

    def post():
        try:
            heard.append(served.post(SUBSCRIBE, form))
        except (OSError, http.client.HTTPException) as error:
            heard.append(error)

    thread = threading.Thread(target=post)
    thread.start()
    time.sleep(1)  # it is with Django now, and waits

    def answer():
        thread.join(60)
        return heard[0]

    try:
        yield SimpleNamespace(release=other.rollback, answer=answer, is_waiting=thread.is_alive)
    finally:
        with contextlib.suppress(sqlite3.Error):
            other.rollback()
        thread.join(60)
        other.close()


def keeper_and_process(served):
    """The numbers of the process that holds the socket, and of the one that serves."""
    for keeper in served.children("iaec_site.web_server"):
        for process in children_that_serve(keeper):
            return keeper, process
    return None


def children_that_serve(keeper):
    found = []
    for one in children_of(keeper):
        with contextlib.suppress(OSError), open(f"/proc/{one}/cmdline") as words:
            if "iaec_site.web_server.process" in words.read():
                found.append(one)
    return found


def replace(served):
    """Asks the keeper for it; returns (old, new) when both are there or the old one is gone already."""
    keeper, old = keeper_and_process(served)
    before = served.said().count("was replaced by one")
    os.kill(keeper, signal.SIGHUP)
    new = wait_until(lambda: [one for one in children_that_serve(keeper) if one != old], "a new process")
    wait_until(lambda: served.said().count("was replaced by one") > before, "the new one's word")
    time.sleep(0.5)  # the old one was told a moment ago
    return old, new[0]


def is_there(process):
    return os.path.exists(f"/proc/{process}")


def test_a_slow_request_is_finished_by_the_old_server(served):
    with slow_request(served) as slow:
        old, _ = replace(served)
        assert (slow.is_waiting(), is_there(old)) == (True, True)
        assert served.get("/readyz").text == "ok\n"  # of the new one
        slow.release()
        answer = slow.answer()
    assert (answer.status, answer.headers["location"]) == (303, "/en/newsletter/thanks/")
    assert answer.headers["connection"] == "close"
    wait_until(lambda: not is_there(old), "the end of the old one")


def test_a_slow_upload_is_finished_by_the_old_server(served):
    form = sign_up(served)
    body = urlencode(form, doseq=True).encode()
    with Connection(served.port, timeout=60) as sender:
        head = f"POST {SUBSCRIBE} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nContent-Type: {FORM}\r\n"
        head += f"Origin: http://127.0.0.1:{served.port}\r\nContent-Length: {len(body)}\r\n\r\n"
        sender.send(head.encode() + body[:10])
        time.sleep(0.5)
        old, _ = replace(served)
        assert is_there(old)
        sender.send(body[10:])
        answer = sender.answer()
        assert (answer.status, answer.headers["location"]) == (303, "/en/newsletter/thanks/")
        assert answer.headers["connection"] == "close"
        assert sender.is_closed()
    wait_until(lambda: not is_there(old), "the end of the old one")


def test_a_slow_request_is_finished_before_the_server_stops(served):
    with slow_request(served) as slow:
        served.process.terminate()
        time.sleep(2)
        assert (slow.is_waiting(), served.process.poll()) == (True, None)
        slow.release()
        answer = slow.answer()
    assert (answer.status, answer.headers["connection"]) == (303, "close")
    assert served.process.wait(30) == 0


def test_a_request_that_takes_too_long_is_cut_and_written_down(served):
    """Ten seconds are what it gets (`timeout_graceful_shutdown`)."""
    with slow_request(served) as slow:
        begun = time.monotonic()
        served.process.terminate()
        cut = slow.answer()
        assert (cut.status, cut.text) == (503, f"{INTERRUPTED}\n")
        assert 9 < time.monotonic() - begun < 20
        assert served.process.wait(40) == 0
    assert "Cancel 1 running task(s)" in served.said()
    assert f"POST {SUBSCRIBE} 503" in served.said()


def test_an_idle_connection_is_closed_with_its_last_answer(served):
    with Connection(served.port) as visitor:
        host = f"127.0.0.1:{served.port}"
        assert "connection" not in visitor.get("/robots.txt", host=host).headers
        keeper, process = keeper_and_process(served)
        os.kill(process, signal.SIGTERM)
        time.sleep(0.3)
        answer = visitor.get("/robots.txt", host=host)
        assert (answer.status, answer.headers["connection"]) == (200, "close")
        assert visitor.is_closed()
    # The keeper was not asked to end: another one serves.
    wait_until(lambda: set(children_that_serve(keeper)) - {process}, "another process")


def test_load_balancers_are_told_first(site):
    """For DRAIN_SECONDS everything goes on, and `/readyz` says that it will not."""
    with Served(site, DRAIN_SECONDS="4") as served:
        served.process.terminate()
        begun = time.monotonic()
        wait_until(lambda: served.get("/readyz").status == 503, "the word of it")
        assert served.get("/readyz").text == "This process is stopping.\n"
        while time.monotonic() - begun < 3:
            assert [served.get(path).status for path in ("/healthz", "/robots.txt", "/en/about/")] == [200] * 3
            time.sleep(0.2)
        assert served.process.wait(30) == 0
        assert time.monotonic() - begun > 4


# The same keeper, which allows less time for the end than the drain takes.
IMPATIENT = """
import runpy, sys
from iaec_site.web_server import keeper
keeper.STOP_SECONDS = 5
sys.argv = ["iaec_site.web_server", "127.0.0.1", sys.argv[1]]
runpy.run_module("iaec_site.web_server", run_name="__main__")
"""


def test_the_keeper_waits_for_as_long_as_load_balancers_are_told(site):
    port = free_port()
    environment = site.environment | {"DRAIN_SECONDS": "7"}
    keeper = subprocess.Popen([sys.executable, "-c", IMPATIENT, str(port)], env=environment, cwd=ROOT)

    def answers():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        return False

    try:
        wait_until(answers, "an answer")
        keeper.terminate()
        time.sleep(6)
        assert answers()
        assert keeper.wait(30) == 0
    finally:
        keeper.kill()
        keeper.wait()
