"""The number that processes share, on one machine and on several."""

import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from django.db import connection

from iaec_site.page_cache import generation as shared_memory
from iaec_site.page_cache.generation import TOLD, Generation, Stamp
from iaec_site.page_cache.several_machines import Follower, InDatabase, InRedis

IN_THE_MIDDLE_OF_A_COMMIT = """
import sys, time
from pathlib import Path
from iaec_site.page_cache.generation import Generation
with Generation(Path(sys.argv[1])).commit():
    print("now", flush=True)
    time.sleep(60)
"""


def test_a_commit_is_seen_before_and_after_by_every_process(tmp_path):
    ours, theirs = Generation(tmp_path / "generation"), Generation(tmp_path / "generation")
    before = theirs.number

    with ours.commit():
        assert (theirs.number, theirs.is_settled()) == (before + 1, False)
        with theirs.commit():
            assert ours.is_settled() is False
        assert (theirs.number, ours.is_settled()) == (before + 3, False)

    assert (theirs.number, theirs.is_settled()) == (before + 4, True)


def test_a_commit_that_fails_closes_as_well(tmp_path):
    ours = Generation(tmp_path / "generation")

    with pytest.raises(ZeroDivisionError), ours.commit():
        raise ZeroDivisionError

    assert ours.is_settled()


def made_from(here, *tables):
    stamp = here.stamp(here.begin(), tables or None)
    assert stamp is not None
    return stamp


def test_a_commit_concerns_what_was_made_from_its_tables(tmp_path):
    ours, theirs = Generation(tmp_path / "generation"), Generation(tmp_path / "generation")
    posts, events, both, all_of_it = (
        made_from(theirs, *tables) for tables in (["post"], ["event"], ["post", "event"], [])
    )
    of_nothing = theirs.stamp(theirs.begin(), [])

    with ours.commit(["post", "picture"]):
        assert [theirs.has(stamp) for stamp in (posts, events, both, all_of_it)] == [False, True, False, False]
        # What is made in between may hold either state.
        assert theirs.stamp(theirs.begin(), ["event"]) is None
    assert [theirs.has(stamp) for stamp in (posts, events, both, all_of_it)] == [False, True, False, False]
    assert theirs.has(of_nothing)


def test_what_was_made_while_something_changed_is_not_kept(tmp_path):
    here = Generation(tmp_path / "generation")
    begun = here.begin()
    with here.commit(["post"]):
        pass

    assert here.stamp(begun, ["event"]) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda here: here.commit().__enter__(),
        lambda here: here.raise_number(),  # as do processes of a version that knows of no tables
        lambda here: here.follow(7),
    ],
    ids=["a commit of who knows what", "a raise", "another machine"],
)
def test_who_does_not_say_what_changed_has_changed_everything(tmp_path, change):
    here = Generation(tmp_path / "generation")
    stamp = made_from(here, "post")
    with here.commit(["event"]):
        pass
    assert here.has(stamp)

    change(here)

    assert not here.has(stamp)


def test_memory_of_an_older_version_gets_room_for_tables(tmp_path):
    path = tmp_path / "generation"
    path.write_bytes(struct.pack("=5Q", 70, 0, 0, 0, 0))

    here = Generation(path)
    stamp = made_from(here, "post")
    with here.commit(["event"]):
        pass

    assert (here.number, here.has(stamp)) == (72, True)


def test_a_process_that_dies_in_a_commit_leaves_no_old_page_and_no_closed_door(tmp_path, monkeypatch):
    ours = Generation(tmp_path / "generation")
    process = subprocess.Popen(
        [sys.executable, "-c", IN_THE_MIDDLE_OF_A_COMMIT, str(tmp_path / "generation")],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "now\n"
    during = ours.number
    stamp = Stamp(during, ours.number - ours.words[TOLD], ())
    assert ours.is_settled() is False
    process.send_signal(signal.SIGKILL)
    process.wait()

    # Its database may still be at it for a while: nothing is kept, and what was made earlier is not shown.
    assert (ours.is_settled(), ours.number) == (False, during + 1)
    assert not ours.has(stamp)
    later = shared_memory.milliseconds() + shared_memory.AFTER_A_DEATH
    monkeypatch.setattr(shared_memory, "milliseconds", lambda: later)
    assert ours.is_settled() is True


@pytest.mark.django_db
def test_machines_that_share_a_database(tmp_path):
    here, there = Generation(tmp_path / "here"), Generation(tmp_path / "there")
    shared = InDatabase()
    readers = [Follower(shared, machine) for machine in (here, there)]
    for reader in readers:
        reader.look()
    before = there.number

    with here.commit(), shared.commit(connection):
        pass
    for reader in readers:
        reader.look()

    assert there.number == before + 1
    assert all(time.time() < reader.trusted_until <= time.time() + 1 for reader in readers)


@pytest.fixture
def redis_address(tmp_path):
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is missing: apt-get install redis-server")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    give_up_at = time.monotonic() + 20
    while time.monotonic() < give_up_at:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield SimpleNamespace(url=f"redis://127.0.0.1:{port}/0", stop=lambda: (process.kill(), process.wait()))
    process.kill()
    process.wait()


@pytest.mark.django_db
def test_machines_that_share_a_redis(tmp_path, redis_address):
    there = Generation(tmp_path / "there")
    shared = InRedis(redis_address.url)
    reader = Follower(shared, there)
    reader.look()
    assert reader.trusted_until > time.time()
    before = there.number

    with shared.commit(connection):
        reader.look()
        assert reader.trusted_until < time.time()
    reader.look()
    assert there.number > before
    assert reader.trusted_until > time.time()

    # A commit that nobody ends counts as a dead process's after a while.
    shared.tell(shared.BEGIN, 1, shared.UNDER_WAY, "dead", 1)
    reader.look()
    assert reader.trusted_until < time.time()
    before = there.number
    time.sleep(2.5)
    reader.look()
    assert (reader.trusted_until > time.time(), there.number > before) == (True, True)

    redis_address.stop()
    trusted = reader.trusted_until
    reader.look()
    assert reader.trusted_until == trusted
    with shared.commit(connection):
        pass  # a change is saved all the same
