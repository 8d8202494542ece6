"""Several processes write in every way there is, others read: no page ever shows less than was committed before."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import factories

ROOT = Path(__file__).resolve().parents[2]
WRITERS = READERS = 2
# By each writer. More in a run of its own: PAGE_CACHE_WRITES=5000.
WRITES = int(os.environ.get("PAGE_CACHE_WRITES", "30"))


def start(role, number, marks):
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.page_cache.reader_or_writer"),
            *(role, str(number), str(settings.VAR_DIR), str(connection.settings_dict["NAME"])),
            *(str(WRITERS), str(READERS), str(WRITES), str(marks)),
        ],
        cwd=ROOT,
        env=os.environ | {"LOG_LEVEL": "ERROR"},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.django_db(transaction=True)
def test_no_page_is_stale(tmp_path):
    factories.make_site_identity()
    for number in range(WRITERS):
        places = range(3 * number, 3 * number + 3)
        post, event, network = (f"Count {place}: 0." for place in places)
        factories.make_post(title_en=post)
        factories.make_event(title_en=event)
        factories.make_network(official_name=network, shown_on_home=True)
    marks = tmp_path / "committed"
    marks.write_bytes(bytes(8 * (4 * WRITERS + READERS)))

    processes = [start("writer", number, marks) for number in range(WRITERS)]
    processes += [start("reader", number, marks) for number in range(READERS)]
    said = [process.communicate(timeout=120 + 2 * WRITES)[0].split(maxsplit=2) for process in processes]

    writes = [int(words[0]) for words in said[:WRITERS]]
    reads = [(int(reads), int(made)) for reads, made, _ in said[WRITERS:]]
    assert [stale.strip() for *_, stale in said[WRITERS:]] == ["[]"] * READERS
    assert writes == [WRITES] * WRITERS
    # Many came from memory although something changed all the time.
    assert sum(read for read, _ in reads) > sum(made for _, made in reads)
