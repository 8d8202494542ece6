"""The real server is replaced by a new one, and stopped, while readers ask it without a pause."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.iaec_site.backup.sites import ROOT
from tests.iaec_site.test_serve import Served, processes_of, site, wait_until  # noqa: F401 - a fixture
from tests.web_server.test_several_processes import listening_children


@pytest.fixture
def served(site):  # noqa: F811
    served = Served(site)
    served.wait_until_complete()
    yield served
    served.process.kill()
    served.process.wait()
    for process in processes_of(site):
        os.kill(process, signal.SIGKILL)


class Readers:
    """Some keep their connection, others open one for each question."""

    def __init__(self, port):
        self.port, self.is_over, self.heard, self.broken = port, False, [], []
        self.threads = [threading.Thread(target=self.read, args=[keeps]) for keeps in (True, True, False, False)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.is_over = True
        for thread in self.threads:
            thread.join(60)

    def read(self, keeps):
        connection = None
        while not self.is_over:
            connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                connection.request("GET", "/robots.txt")
                answer = connection.getresponse()
                answer.read()
                self.heard.append(answer.status)
            except (OSError, http.client.HTTPException) as error:
                self.broken.append(repr(error))
                connection.close()
                connection = None
                continue
            if not keeps or answer.will_close:
                connection.close()
                connection = None
            time.sleep(0.005)


def server_of(environment):
    return next(pid for pid, name in processes_of(environment).items() if name == "iaec_site.web_server")


ACTIVATED = """
import os, sys
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.dup2(int(sys.argv[1]), 3)
os.execv(sys.executable, [sys.executable, "-m", "iaec_site.web_server"])
"""


def test_a_socket_of_systemds_is_served_and_systemd_is_told(site, tmp_path):  # noqa: F811
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told,
    ):
        told.bind(str(tmp_path / "notify"))
        told.settimeout(60)
        environment = {**os.environ, **site, "NOTIFY_SOCKET": str(tmp_path / "notify")}
        keeper = subprocess.Popen(
            [sys.executable, "-c", ACTIVATED, str(listening.fileno())],
            env=environment,
            cwd=ROOT,
            pass_fds=[listening.fileno()],
        )
        try:
            assert told.recv(100) == b"READY=1"
            port = listening.getsockname()[1]
            assert ask(port, "/healthz")[2] == "ok\n"
            keeper.terminate()
            assert told.recv(100) == b"STOPPING=1"
            assert keeper.wait(60) == 0
        finally:
            keeper.kill()
            keeper.wait()


def test_no_question_is_lost_while_the_server_is_replaced(served):
    first = listening_children(served.environment)
    with Readers(served.port) as readers:
        wait_until(lambda: len(readers.heard) > 50, "readers")
        os.kill(server_of(served.environment), signal.SIGHUP)
        wait_until(lambda: set(listening_children(served.environment)).isdisjoint(first), "another process")
        before = len(readers.heard)
        wait_until(lambda: len(readers.heard) > before + 50, "answers of the new one")
    assert (readers.broken, set(readers.heard)) == ([], {200})
    assert len(listening_children(served.environment)) == 1


def ask(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def test_health_is_told_to_whoever_asks_by_address(served):
    for path in ("/healthz", "/readyz"):
        status, headers, text = ask(served.port, path, Host="10.0.0.7:80")
        assert (status, text) == (200, "ok\n")
        assert (headers["X-Robots-Tag"], "no-store" in headers["Cache-Control"]) == ("noindex", True)


def test_without_its_database_a_server_lives_and_is_not_ready(served):
    database = Path(served.environment["VAR_DIR"]) / "site.sqlite3"
    assert ask(served.port, "/readyz")[0] == 200

    database.rename(database.with_name("elsewhere"))
    wait_until(lambda: ask(served.port, "/readyz")[0] == 503, "the word of it")
    assert ask(served.port, "/readyz")[2] == "The database does not answer.\n"
    assert ask(served.port, "/healthz")[0] == 200

    database.with_name("elsewhere").rename(database)
    wait_until(lambda: ask(served.port, "/readyz")[0] == 200, "that it is ready again")


def test_each_answer_has_an_id_of_its_own(served):
    ids = [ask(served.port, "/robots.txt", **{"X-Request-ID": "chosen-by-a-visitor"})[1]["X-Request-ID"] for _ in "ab"]
    assert len(set(ids)) == 2
    assert "chosen-by-a-visitor" not in ids
