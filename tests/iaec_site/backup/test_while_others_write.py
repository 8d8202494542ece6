"""A backup is of one moment, however much is written meanwhile. What is killed leaves nothing that looks whole."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.iaec_site.backup.conftest import new_database
from tests.iaec_site.backup.sites import Site, assert_same

# Two tables that always say the same, as far as one looks at one moment: the first and the last that are read.
WRITER = """
import django, itertools, sys
django.setup()
from django.db import transaction
from agenda.models import Event
from pages.models import MemberCount
for number in itertools.count(1):
    with transaction.atomic():
        Event.objects.filter(pk=sys.argv[1]).update(url=f"https://example.org/{number}")
        MemberCount.objects.filter(pk=sys.argv[2]).update(cities=number)
    if number == 1:
        print("writing", flush=True)
"""
PAIR = """
import django
django.setup()
from agenda.models import Event
from pages.models import MemberCount
print(Event.objects.first().pk, MemberCount.objects.first().pk)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def busy_site(request, copied):
    """A site of which others write two rows in one transaction, again and again."""
    site = copied
    if request.param == "postgresql":
        on_postgresql = request.getfixturevalue("on_postgresql")
        server = request.getfixturevalue("server")
        template = on_postgresql.database.rpartition("/")[2]
        site = Site(copied.folder, new_database(server, template))
    event, count = site.python(PAIR).split()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, event, count], env=site.environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout.readline() == "writing\n"
        yield site, int(event), int(count), writer
    finally:
        writer.kill()
        writer.wait()


def test_a_backup_is_of_one_moment_and_holds_nobody_up(busy_site, empty_site):
    site, event, count, writer = busy_site
    before = number_now(site, count)

    archive = site.back_up()

    assert writer.poll() is None
    after = number_now(site, count)
    empty_site.manage("restore", archive)
    items = {(item["model"], item["pk"]): item["fields"] for item in empty_site.rows()}
    number = items["pages.membercount", count]["cities"]
    assert items["agenda.event", event]["url"] == f"https://example.org/{number}"
    assert before <= number < after


def number_now(site, count):
    return int(
        site.python(
            "import django; django.setup()\nfrom pages.models import MemberCount\n"
            f"print(MemberCount.objects.get(pk={count}).cities)"
        )
    )


def test_a_killed_backup_leaves_nothing_that_looks_like_one(copied):
    # The last of the files is one that never comes to an end, so the backup stops in the middle of it.
    endless = copied.media / "zz"
    os.mkfifo(endless)
    backup = copied.start("backup", "--to", copied.folder / "kept")
    unfinished = wait_for(lambda: list((copied.folder / "kept").glob("*.unfinished")), backup)
    wait_for(lambda: unfinished[0].stat().st_size > 100_000, backup)

    backup.send_signal(signal.SIGKILL)
    backup.wait()

    assert list((copied.folder / "kept").iterdir()) == unfinished
    refused = copied.try_to("restore", unfinished[0], "--check")
    assert refused.stderr == f"CommandError: {unfinished[0]} is not taken: it is cut short.\n"

    endless.unlink()
    copied.manage("backup", "--to", copied.folder / "kept")
    assert [path.suffix for path in (copied.folder / "kept").iterdir()] == [".tar"]


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_killed_restore_leaves_the_site_as_it_was(request, copied, archive, original, vendor):
    site = copied
    if vendor == "postgresql":
        template = request.getfixturevalue("on_postgresql").database.rpartition("/")[2]
        site = Site(copied.folder, new_database(request.getfixturevalue("server"), template))
    site.python(
        "import django; django.setup()\nfrom news.models import Post\nfrom pages.models import Highlight\n"
        "Post.objects.all().delete(); Highlight.objects.all().update(order=77)"
    )
    own = site.media / "documents" / "own.pdf"
    own.write_bytes(b"%PDF of this site")
    rows, files = site.rows(), site.files()

    restore = site.start("restore", archive, "--overwrite")
    for line in restore.stdout:
        if line.startswith("Comparing every row"):  # all of them are written
            restore.send_signal(signal.SIGKILL)
            break
    assert restore.wait() == -signal.SIGKILL

    assert site.rows() == rows
    left = {name: digest for name, digest in site.files().items() if not name.startswith(".unpacking-")}
    assert left.items() >= files.items()
    # Nothing of what it unpacked gets into a backup.
    said = json.loads(manifest_of(site.back_up()))
    assert said["files"]["count"] == len(left)

    site.manage("restore", archive, "--overwrite")
    assert_same(original, site)


def manifest_of(archive):
    return subprocess.run(["tar", "-xOf", archive, "manifest.json"], check=True, capture_output=True).stdout


def test_a_killed_move_leaves_a_database_that_can_be_moved_to_again(original, tmp_path, empty_file):
    shutil.copy(empty_file, tmp_path / "new.sqlite3")
    there = Site(original.folder, f"sqlite:///{tmp_path}/new.sqlite3")
    move = original.start("move_database", "--to", there.database)
    for line in move.stdout:
        if line.startswith("Comparing every row"):
            move.send_signal(signal.SIGKILL)
            break
    assert move.wait() == -signal.SIGKILL
    assert (
        there.python("import django; django.setup()\nfrom news.models import Post\nprint(Post.objects.count())") == "0"
    )

    original.manage("move_database", "--to", there.database)
    assert_same(original, there)


def wait_for(condition, process, seconds=60):
    """What the condition gives at last, while the process goes on."""
    give_up_at = time.monotonic() + seconds
    while not (found := condition()):
        assert process.poll() is None
        assert time.monotonic() < give_up_at
        time.sleep(0.05)
    return found
