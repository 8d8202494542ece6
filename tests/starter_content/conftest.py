import io
import re

import pytest
from django.core.management import call_command

from tests.starter_content.files import least_content, write_files


@pytest.fixture
def content():
    return least_content()


@pytest.fixture
def load(tmp_path, content):
    """Loads the content of the test; returns {file or "total": (added, updated, unchanged, kept)}."""

    def run(*options):
        return totals(run_command("--data", write_files(tmp_path, content), *options))

    return run


def run_command(*options):
    out = io.StringIO()
    call_command("load_starter_content", *options, stdout=out)
    return out.getvalue()


def totals(output):
    rows = re.findall(r"^(\S+) +(\d+) +(\d+) +(\d+) +(\d+)$", output, re.M)
    return {name: tuple(map(int, numbers)) for name, *numbers in rows}
