import io

import pytest
from django.core.management import call_command
from django.db import connection

from iaec_site.static_files import static_fingerprint
from news.models import Post


@pytest.fixture
def prepare(db, settings):
    """`manage.py prepare --trial` with static files that are collected already; returns what it says."""
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    stamp = settings.VAR_DIR / "static.stamp"
    stamp.write_text(static_fingerprint())

    def run():
        out = io.StringIO()
        call_command("prepare", trial=True, stdout=out)
        return out.getvalue()

    yield run
    stamp.unlink()


def test_the_first_time_shows_its_progress_and_later_ones_say_nothing(prepare):
    first = prepare()

    lines = first.splitlines()
    assert lines[0] == "Loading the starter content …"
    assert "Loading news.json …" in lines
    total = next(line.split() for line in lines if line.startswith("total "))
    assert int(total[1]) > Post.objects.count() > 0
    assert "A first staff account was made. Its password is shown this once:" in lines

    assert prepare() == ""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks at its tables by itself")
def test_the_database_knows_afterwards_what_is_in_its_indexes(prepare):
    prepare()

    with connection.cursor() as cursor:
        cursor.execute("SELECT idx FROM sqlite_stat1 WHERE tbl = 'agenda_event'")
        known = {name for (name,) in cursor.fetchall()}
    assert known >= {"event_in_order", "event_by_end", "event_kinds", "event_desk"}
