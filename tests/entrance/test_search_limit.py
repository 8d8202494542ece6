"""Searches: so many in a minute from one network, whichever process answers. Those of others do not count."""

import subprocess
import sys

import pytest
import time_machine

from entrance.search_limit import SharedCounts, counts
from tests import factories
from tests.page_cache.asking import Site

ADD = """
import sys
from pathlib import Path
import django
django.setup()
from entrance.search_limit import SharedCounts
print(SharedCounts(Path(sys.argv[1])).add("net"))
"""


@pytest.fixture
def here(transactional_db, settings):
    factories.make_site_identity()
    settings.SEARCHES_PER_MINUTE = 3
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    counts.cache_clear()
    (settings.VAR_DIR / "searches").unlink(missing_ok=True)
    with time_machine.travel("2026-11-30T10:00:05Z", tick=False) as clock:
        site = Site()
        site.clock = clock
        yield site
    counts.cache_clear()


def search(site, word, visitor="198.51.100.7"):
    heard = site.ask(f"/en/search/?q={word}", x_forwarded_for=visitor)
    return heard.status, heard.headers.get("Retry-After")


def test_the_fourth_in_a_minute_waits(here):
    assert [search(here, word) for word in ("a", "b", "c", "d")] == [(200, None)] * 3 + [(429, "60")]
    assert search(here, "d", visitor="203.0.113.1") == (200, None)
    here.clock.shift(60)
    assert search(here, "e") == (200, None)


def test_it_is_the_network_that_counts_and_what_the_visitor_writes_does_not(here):
    visitors = ["198.51.100.1", "9.9.9.9, 198.51.100.2", "8.8.8.8, 198.51.100.3", "7.7.7.7, 198.51.100.4"]
    assert [search(here, f"w{number}", visitor)[0] for number, visitor in enumerate(visitors)] == [200, 200, 200, 429]


def test_other_pages_are_not_limited(here):
    for word in ("a", "b", "c", "d"):
        search(here, word)
    assert here.ask("/en/", x_forwarded_for="198.51.100.7").status == 200


def test_a_refusal_sets_no_cookie_and_is_kept_nowhere(here):
    for word in ("a", "b", "c"):
        search(here, word)
    heard = here.ask("/en/search/?q=d", x_forwarded_for="198.51.100.7")
    assert (heard.status, "Set-Cookie" in heard.headers, heard.headers["Cache-Control"]) == (429, False, "no-store")
    assert heard.body.count(b'<html lang="en">') == 1


def test_processes_count_together(tmp_path, settings):
    path = tmp_path / "searches"
    mine = SharedCounts(path)
    first = mine.add("net")
    other = subprocess.run([sys.executable, "-c", ADD, path], capture_output=True, text=True, check=True)

    # A new minute may have begun between them.
    assert (first, int(other.stdout) in (2, 1), path.stat().st_mode & 0o777) == (1, True, 0o600)
