import io

import pytest
from django.core.management import call_command

from agenda.models import Event
from starter_content.models import LoadedItem
from tests.starter_content.conftest import run_command
from tests.starter_content.files import write_files

pytestmark = pytest.mark.django_db

TABLE = """\
file               added  updated  unchanged  kept because edited
taxonomy.json          5        0          0                    0
cities.json            2        0          0                    0
networks.json          1        0          0                    0
series.json            2        0          0                    0
editions.json          1        0          0                    0
events.json            2        0          0                    0
experiences.json       2        0          0                    0
news.json              2        0          0                    0
pages.json             1        0          0                    0
site.json              4        0          0                    0
newsletter.json        1        0          0                    0
total                 23        0          0                    0
"""


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_outside_a_terminal_each_file_has_a_line_and_a_table_closes(tmp_path, content):
    output = run_command("--data", write_files(tmp_path, content))

    files = [line.split()[0] for line in TABLE.splitlines()[1:-1]]
    assert output == "".join(f"Loading {file} …\n" for file in files) + TABLE


def test_on_a_terminal_a_bar_grows_and_gives_way_to_the_table(tmp_path, content):
    terminal = Terminal()
    call_command("load_starter_content", "--data", write_files(tmp_path, content), stdout=terminal)

    *bars, empty, table = terminal.getvalue().split("\r")
    assert table == TABLE
    assert empty.strip() == ""
    widths = {len(bar) for bar in bars[1:]}
    assert widths == {len(empty)}
    percents = [int(bar[34:38]) for bar in bars[1:]]
    assert (percents, percents[-1]) == (sorted(percents), 100)
    assert bars[-1].startswith(f"[{'#' * 32}] 100 %  newsletter.json")


def test_a_quiet_run_says_nothing(tmp_path, content):
    assert run_command("--data", write_files(tmp_path, content), "--verbosity", "0") == ""


def test_a_dry_run_says_what_would_be_done_and_stores_nothing(tmp_path, content):
    folder = write_files(tmp_path, content)

    assert run_command("--data", folder, "--dry-run").endswith(f"{TABLE}This was a dry run: nothing was stored.\n")
    assert (LoadedItem.objects.count(), Event.objects.count()) == (0, 0)

    assert run_command("--data", folder).endswith(TABLE)
    assert run_command("--data", folder, "--dry-run").splitlines()[-2].split() == ["total", "0", "0", "23", "0"]
