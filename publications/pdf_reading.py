"""What stands in a PDF, asked of another process: a file can cost that process its life, but never the site's."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from typing import Any

from django.conf import settings

from publications.pdf_process import SECONDS

logger = logging.getLogger(__name__)

# Seconds of the clock on top of those of the processor, for a machine that is busy.
PATIENCE = 40


class Unreadable(Exception):
    """The process gave no answer: the file needs more memory or time than it gets, or breaks the reader."""


def facts_of(data: bytes) -> dict[str, Any]:
    """See `publications.pdf_process.facts`. Raises Unreadable."""
    return answer("facts", data)


def text_in(data: bytes) -> str:
    """The words of all pages in one line; "" where there are none. Raises Unreadable."""
    return answer("text", data)["text"]


def answer(task: str, data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-m", "publications.pdf_process", task]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file goes in as its input
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS[task] + PATIENCE,
            cwd=settings.BASE_DIR,
            env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"},
            check=True,
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        logger.warning("A PDF could not be read: %s", error)
        raise Unreadable from error
