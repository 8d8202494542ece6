"""An export file, read into the staging."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from moving_in.staging import Staging
from moving_in.wxr.reading import Reader
from moving_in.wxr.source import Source, Unreadable

Progress = Callable[[str, int, int], None]  # what is being done, how much of it, of how much


def read_into(staging: Staging, path: Path, progress: Progress) -> None:
    """Lay a file out. Raises Unreadable, OSError. What the reader left out is told by line, the first few times."""
    told: dict[str, int] = {}

    def note(line: int, what: str) -> None:
        told[what] = told.get(what, 0) + 1
        if told[what] <= 5:
            staging.report.note("file", f"{path.name}, line {line}: {what} was left out")

    total, first = path.stat().st_size, staging.site.base_blog_url
    with path.open("rb") as file:
        source = Source(file, note)
        for number, record in enumerate(Reader(note).records(source)):
            staging.add(record)
            if number % 50 == 0:
                progress("Reading", source.done, total)
    for what, times in told.items():
        if times > 5:
            staging.report.note("file", f"{path.name}: {what}, {times} times in all")
    if first and first != staging.site.base_blog_url:
        raise Unreadable(f"It comes from {staging.site.base_blog_url}, the file before it from {first}.")
