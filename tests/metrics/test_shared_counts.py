"""Sums over processes of which some have died, in whatever moment."""

import json
import os
import signal
import subprocess
import sys

import pytest

from iaec_site.metrics.shared_counts import TOTALS, OwnCounts, all_counts
from tests.iaec_site.backup.sites import ROOT

# Counts what it is told to, and waits to be killed.
COUNTING = """
import sys
from pathlib import Path
from iaec_site.metrics.shared_counts import OwnCounts
names = sys.argv[2].split(",")
own = OwnCounts(Path(sys.argv[1]), "web", names)
own.numbers[:] = [float(one) for one in sys.argv[3].split(",")]
own.publish()
print(own.path.name, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def counting(tmp_path):
    """Starts a process that has counted; it has an end in any case."""
    started = []

    def start(names, numbers):
        process = subprocess.Popen(
            [sys.executable, "-c", COUNTING, tmp_path, ",".join(names), ",".join(map(str, numbers))],
            env={**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "tests.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        process.name = process.stdout.readline().strip()
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def end(process, number=signal.SIGKILL):
    process.send_signal(number)
    process.wait(20)


def files(folder):
    return sorted(path.name for path in folder.glob("*.counts"))


def test_what_the_dead_counted_stays_and_their_states_go(tmp_path, counting):
    first = counting(["asked", "now:waiting"], [3, 2])
    second = counting(["asked", "now:waiting"], [4, 1])
    sums, living = all_counts(tmp_path)
    assert sums == {"asked": 7, "now:waiting": 3}
    assert sorted((one.role, one.process) for one in living) == sorted([("web", first.pid), ("web", second.pid)])

    end(first)
    for _ in range(2):
        sums, living = all_counts(tmp_path)
        assert (sums, [one.process for one in living]) == ({"asked": 7, "now:waiting": 1}, [second.pid])
    assert files(tmp_path) == [second.name]

    end(second, signal.SIGTERM)
    assert all_counts(tmp_path) == ({"asked": 7}, [])
    assert files(tmp_path) == []


def test_processes_of_two_versions_count_each_by_its_own_names(tmp_path, counting):
    old = counting(["asked", "given up"], [3, 5])
    counting(["new", "asked"], [1, 2])
    for _ in range(2):
        assert all_counts(tmp_path)[0] == {"asked": 5, "given up": 5, "new": 1}
        end(old)


def test_who_starts_takes_over_from_the_dead(tmp_path, counting):
    """Also where nobody asks for weeks: files do not pile up."""
    for number in range(3):
        end(counting(["asked"], [number + 1]))
    last = counting(["asked"], [10])
    assert files(tmp_path) == [last.name]
    assert all_counts(tmp_path)[0] == {"asked": 16}


def test_nothing_counts_twice_if_the_one_who_adds_up_is_killed_before_it_removes(tmp_path, counting):
    first = counting(["asked"], [3])
    second = counting(["asked"], [4])
    left_behind = (tmp_path / first.name).read_bytes()
    end(first)
    all_counts(tmp_path)
    (tmp_path / first.name).write_bytes(left_behind)  # as if it had not come to removing it

    assert all_counts(tmp_path)[0] == {"asked": 7}
    assert files(tmp_path) == [second.name]
    (tmp_path / first.name).write_bytes(left_behind)
    end(second)
    assert all_counts(tmp_path)[0] == {"asked": 7}
    assert all_counts(tmp_path)[0] == {"asked": 7}
    assert files(tmp_path) == []


def test_files_that_hold_nonsense_are_left_out(tmp_path, counting):
    counting(["asked"], [3])
    (tmp_path / "web-1-x.counts").write_bytes(b"\0" * 100)
    (tmp_path / "web-2-x.counts").write_bytes(b"")
    (tmp_path / TOTALS).write_text('{"totals"')
    assert all_counts(tmp_path)[0] == {"asked": 3}
    assert json.loads((tmp_path / TOTALS).read_text())["totals"] == {}


def test_a_folder_that_cannot_be_written_to_is_an_error_of_the_system(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(OSError, match="taken"):
        OwnCounts(tmp_path / "taken", "web", ["asked"])
