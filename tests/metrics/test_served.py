"""The real server in two processes with its worker, asked as Prometheus does while readers come and processes go."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.iaec_site.test_serve import Served, front_door_of, manage, processes_of, site, wait_until  # noqa: F401
from tests.metrics.asking import Told, ask, told_in_openmetrics
from tests.survival.breakable import free_port
from tests.web_server.test_replacing import Readers, server_of
from tests.web_server.test_several_processes import listening_children

NOT_HTTP = b"\x00\x01\x02\r\n\r\n"


@contextmanager
def serving(site, **more):  # noqa: F811
    """Static files are not collected, and counts of nobody else are there."""
    shutil.rmtree(Path(site["VAR_DIR"]) / "metrics", ignore_errors=True)
    quick = {"DJANGO_SETTINGS_MODULE": "tests.survival.settings", "WEB_PROCESSES": "2"}
    environment = site | quick | {"METRICS_LISTEN": "", "METRICS_TOKEN": ""} | more
    served = Served(environment)
    served.metrics = int(environment["METRICS_LISTEN"].rpartition(":")[2] or 0)
    try:
        served.wait_until_complete()
        wait_until(lambda: len(listening_children(environment)) == 2, "two processes")
        yield served
    finally:
        served.process.kill()
        served.process.wait()
        for process in processes_of(environment):
            os.kill(process, signal.SIGKILL)


@pytest.fixture
def served(site):  # noqa: F811
    with serving(site, METRICS_LISTEN=f"127.0.0.1:{free_port()}") as served:
        wait_until(lambda: processes_told(served.metrics) == 2, "metrics of both")
        yield served


def processes_told(port, **headers):
    """How many processes are told to serve; 0 while nobody tells anything."""
    try:
        return Told(port, **headers).value("iaec_processes", role="web")
    except (OSError, http.client.HTTPException):
        return 0


def settled(served):
    """What is told once nothing is on its way any more."""
    time.sleep(1.5)  # beyond the second for which an answer is given again
    return Told(served.metrics)


def test_every_answer_is_counted_once_by_what_it_was(served):
    before = settled(served).answers()
    for _ in range(7):
        assert ask(served.port, "/robots.txt")[0] == 200
    ask(served.port, "/robots.txt", method="HEAD")
    ask(served.port, "/en/nowhere/")
    ask(served.port, "/healthz")
    ask(served.port, "/static/nowhere.css")
    ask(served.port, "/media/nowhere.jpg")
    ask(served.port, "/admin/login/")
    ask(served.port, "/admin/login/", method="POST")
    ask(served.port, "/admin/login/", method="PROPFIND")
    with socket.create_connection(("127.0.0.1", served.port)) as visitor:
        visitor.sendall(NOT_HTTP)
        assert visitor.recv(100).startswith(b"HTTP/1.1 400 ")

    told = settled(served)
    found = told.answers() - before
    # Each process makes a page once; the rest are ready.
    pages = {key: found.pop(key) for key in list(found) if key[0] in ("ready", "made")}
    assert sum(pages.values()) == 9
    assert sum(number for key, number in pages.items() if key[1:] == ("GET", "2xx")) >= 7
    assert {("made", "GET", "4xx"): 1}.items() <= pages.items()
    assert found == {
        ("health", "GET", "2xx"): 1,
        ("file", "GET", "4xx"): 2,
        ("individual", "GET", "2xx"): 1,
        ("individual", "POST", "4xx"): 1,
        ("individual", "other", "4xx"): 1,
        ("refused", "other", "4xx"): 1,
    }
    assert told.value("iaec_http_refusals_total", reason="not_http") == 1
    for kind in ("ready", "made", "individual", "file", "refused"):
        number = told.sum("iaec_http_requests_total", kind=kind)
        assert told.value("iaec_http_request_duration_seconds_count", kind=kind) == number
        assert told.value("iaec_http_request_duration_seconds_bucket", kind=kind, le="+Inf") == number
    assert 0 < told.value("iaec_http_request_duration_seconds_sum", kind="ready") < 1


def test_sums_are_right_while_processes_are_replaced_and_killed(served):
    first = listening_children(served.environment)
    before = settled(served).answers()
    with Readers(served.port) as readers:
        wait_until(lambda: len(readers.heard) > 100, "readers")
        os.kill(server_of(served.environment), signal.SIGHUP)
        wait_until(lambda: set(listening_children(served.environment)).isdisjoint(first), "other processes", 60)
        seen = len(readers.heard)
        wait_until(lambda: len(readers.heard) > seen + 100, "answers of the new ones")
    assert readers.broken == []

    told = settled(served)
    assert (told.answers() - before).total() == len(readers.heard)
    assert told.value("iaec_processes", role="web") == 2

    # Also after the death of the one that tells, and of the other.
    for process in listening_children(served.environment):
        os.kill(process, signal.SIGKILL)
        wait_until(lambda: processes_told(served.metrics), "that another one tells")
    wait_until(lambda: processes_told(served.metrics) == 2, "two processes")
    assert settled(served).answers() == told.answers()


def test_what_is_told_of_processes_tasks_and_machine(served):
    # That of a test before may have been killed: it is missed after a minute and a half.
    wait_until(lambda: Told(served.metrics).value("iaec_workers") == 1, "the worker's sign of life", 150)
    wait_until(lambda: not Told(served.metrics).sum("iaec_tasks", state="ready"), "the tasks of the start")
    told = settled(served)
    pids = {
        int(one.labels["pid"]): one.labels["role"]
        for one in told.samples
        if one.name == "iaec_process_resident_memory_bytes"
    }
    assert sorted(pids.values()) == ["web", "web", "worker"]
    assert {pid for pid, role in pids.items() if role == "web"} == set(listening_children(served.environment))
    for name in ("resident_memory_bytes", "cpu_seconds_total", "open_fds", "start_time_seconds"):
        assert min(told.value(f"iaec_process_{name}", pid=str(pid)) for pid in pids) > 0
    assert told.value("iaec_database_up") == 1
    assert told.value("iaec_database_size_bytes") > 100_000
    assert told.value("iaec_worker_tasks_total", outcome="failed") == 0
    assert time.time() - told.value("iaec_worker_last_seen_timestamp_seconds") < 60
    assert told.value("iaec_http_requests_queued_max") == 800 - 8
    assert told.value("iaec_page_cache_max_bytes") == 2 * 64 * 1024**2
    assert told.value("iaec_disk_size_bytes", folder="VAR_DIR") > told.value("iaec_disk_free_bytes", folder="VAR_DIR")
    assert told.value("iaec_backup_last_timestamp_seconds") == 0

    # The database knows the tasks of tests before, too; the worker counts its own.
    enqueuing = "from checks.tasks import look_at_the_site; look_at_the_site.enqueue()"
    manage(served.environment, "shell", "--verbosity", "0", "-c", enqueuing).check_returncode()

    def done_since():
        now = Told(served.metrics)
        return (
            now.value("iaec_tasks", state="successful") - told.value("iaec_tasks", state="successful"),
            now.value("iaec_worker_tasks_total", outcome="succeeded")
            - told.value("iaec_worker_tasks_total", outcome="succeeded"),
        )

    wait_until(lambda: done_since() == (1, 1), "the end of a task")

    with socket.create_connection(("127.0.0.1", served.port)):
        wait_until(lambda: Told(served.metrics).value("iaec_http_connections") == 1, "a connection")
    manage(served.environment, "backup").check_returncode()
    assert time.time() - settled(served).value("iaec_backup_last_timestamp_seconds") < 60


def test_both_formats_are_what_prometheus_reads(served):
    plain, other = Told(served.metrics), told_in_openmetrics(served.metrics)
    assert plain.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert other.headers["Content-Type"].startswith("application/openmetrics-text; version=1.0.0; charset=utf-8")
    assert sorted({one.name for one in other.samples}) == sorted({one.name for one in plain.samples})
    for family in other.families.values():
        assert re.fullmatch(r"iaec_[a-z_]+", family.name)
        assert (family.type in ("counter", "gauge", "histogram"), family.documentation != "") == (True, True)
    keys = [(one.name, *sorted(one.labels.items())) for one in plain.samples]
    assert len(set(keys)) == len(keys)
    # Bounded, whoever asks for what: nothing of an address or a person is in a label.
    assert {name for one in plain.samples for name in one.labels} == {
        *("kind", "method", "status", "le", "reason", "role", "pid", "outcome", "folder", "state", "event")
    }
    if promtool := shutil.which("promtool"):
        checked = subprocess.run([promtool, "check", "metrics"], input=plain.text, capture_output=True, text=True)
        assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


def test_the_public_port_tells_nothing(served):
    for path in ("/metrics", "/metrics?x=1", "/metrics/", "/%6detrics"):
        found = [ask(served.port, path, method=method) for method in ("GET", "HEAD", "POST")]
        assert (path, [status for status, _, _ in found]) == (path, [404, 404, 404])
        assert [text.count("iaec_") for _, _, text in found] == [0, 0, 0]
    assert ask(served.port, Host=f"127.0.0.1:{served.metrics}")[0] == 404


def test_who_asks_wrongly_is_told_why(served):
    assert ask(served.metrics, "/")[::2] == (404, "Metrics are at /metrics.\n")
    assert ask(served.metrics, X_Forwarded_For="203.0.113.5")[::2] == (403, "Metrics are not passed on by proxies.\n")
    assert ask(served.metrics, method="POST")[0] == 405


def test_without_its_database_the_server_is_told_of_all_the_same(served):
    database = Path(served.environment["VAR_DIR"]) / "site.sqlite3"
    database.rename(database.with_name("elsewhere"))
    try:
        wait_until(lambda: Told(served.metrics).value("iaec_database_up") == 0, "the word of it")
        told = Told(served.metrics)
        assert told.value("iaec_processes", role="web") == 2
        assert "iaec_tasks" not in told.families
        assert ask(served.port, "/en/nowhere/")[0] == 503
        wait_until(lambda: Told(served.metrics).value("iaec_http_stale_processes") == 1, "stale pages")
        assert Told(served.metrics).sum("iaec_http_requests_total", status="5xx") == 1
    finally:
        database.with_name("elsewhere").rename(database)
    wait_until(lambda: Told(served.metrics).value("iaec_database_up") == 1, "the database")


def test_by_default_nobody_listens_and_nothing_is_counted(site):  # noqa: F811
    with serving(site) as served:
        assert front_door_of(served.port) == "/ca/"
        assert ask(served.port)[0] == 404
        assert listening_at(listening_children(served.environment)) == {served.port}
        assert not (Path(site["VAR_DIR"]) / "metrics").exists()


def listening_at(processes):
    """The TCP ports at which processes listen."""
    inodes = set()
    for process in processes:
        for descriptor in Path(f"/proc/{process}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                inodes.update(re.findall(r"^socket:\[(\d+)\]$", os.readlink(descriptor)))
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
    return {int(line[1].rpartition(":")[2], 16) for line in lines if line[3] == "0A" and line[9] in inodes}


def test_a_token_is_asked_for_where_there_is_one(site):  # noqa: F811
    token = "a-token-for-prometheus"
    right = {"Authorization": f"Bearer {token}"}
    with serving(site, METRICS_LISTEN=f"0.0.0.0:{free_port()}", METRICS_TOKEN=token) as served:
        wait_until(lambda: listening_at(listening_children(served.environment)) > {served.port}, "the listener")
        for given in ({}, {"Authorization": f"Bearer {token}x"}, {"Authorization": f"Basic {token}"}):
            status, headers, text = ask(served.metrics, **given)
            assert (status, text) == (401, "Send METRICS_TOKEN as a bearer token.\n")
            assert headers["WWW-Authenticate"] == 'Bearer realm="metrics"'
        wait_until(lambda: processes_told(served.metrics, **right) == 2, "the second process")


def test_a_taken_address_stops_nothing_and_is_taken_up_later(site):  # noqa: F811
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(site, METRICS_LISTEN=f"127.0.0.1:{port}") as served:
            said = ""
            while "Metrics cannot be told" not in said:
                said = served.process.stdout.readline()
            assert said.rstrip().endswith(f"Metrics cannot be told at 127.0.0.1:{port}: Address already in use")
            assert front_door_of(served.port) == "/ca/"
            taken.close()
            wait_until(lambda: processes_told(port) == 2, "metrics")
