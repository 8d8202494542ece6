"""The real server in two processes, one of which dies."""

import os
import signal
from pathlib import Path

import pytest

from tests.iaec_site.test_serve import Served, front_door_of, processes_of, site, wait_until  # noqa: F401 - a fixture


@pytest.fixture
def served(site):  # noqa: F811
    environment = site | {"WEB_PROCESSES": "2"}
    served = Served(environment)
    served.wait_until_complete()
    yield served
    served.process.kill()
    served.process.wait()
    for process in processes_of(environment):
        os.kill(process, signal.SIGKILL)


def children_of_the_server(environment):
    server = next(pid for pid, name in processes_of(environment).items() if name == "iaec_site.web_server")
    return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def listening_children(environment):
    return [
        pid
        for pid in children_of_the_server(environment)
        if b"iaec_site.web_server.process" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def test_a_keeper_that_is_killed_leaves_nobody_behind_at_its_address(served):
    server = next(pid for pid, name in processes_of(served.environment).items() if name == "iaec_site.web_server")
    first = listening_children(served.environment)

    os.kill(server, signal.SIGKILL)

    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in first), "the end of those that served")
    wait_until(lambda: {front_door_of(served.port) for _ in range(20)} == {"/ca/"}, "answers of the next ones")


def test_both_answer_and_one_that_dies_comes_back(served):
    first = listening_children(served.environment)
    assert len(first) == 2
    assert {front_door_of(served.port) for _ in range(20)} == {"/ca/"}

    os.kill(first[0], signal.SIGKILL)

    wait_until(lambda: len(set(listening_children(served.environment)) - {first[0]}) == 2, "another process")
    wait_until(lambda: {front_door_of(served.port) for _ in range(20)} == {"/ca/"}, "answers of both")
