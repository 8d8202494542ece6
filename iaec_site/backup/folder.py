"""The folder with the archives: how they are named, how one gets there whole or not at all, and which ones stay."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.core.management.base import CommandError

NAME = re.compile(r"site-(\d{8}T\d{6}Z)\.tar(?:\.age|\.gpg)?")
STAMP = "%Y%m%dT%H%M%SZ"
UNFINISHED = ".unfinished"


class Keep(NamedTuple):
    """The newest of each of so many days, weeks and months; all zeros keep everything."""

    days: int
    weeks: int
    months: int


def parse_keep(text: str) -> Keep:
    """Of "7,4,12". ValueError for anything else."""
    keep = Keep(*(int(part) for part in text.split(",")))
    if min(keep) < 0:
        raise ValueError(text)
    return keep


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """CommandError while another backup is being made there. What a killed one left behind goes."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with locked(folder, f"Another backup is being made in {folder}."):
        for old in folder.glob(f"site-*{UNFINISHED}"):
            old.unlink()
        yield


@contextmanager
def locked(folder: Path, otherwise: str) -> Iterator[None]:
    """The system lets go of the lock when the process dies. CommandError, which says `otherwise`, if it is taken."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(otherwise) from None
        yield
    finally:
        os.close(descriptor)


@contextmanager
def new_archive(folder: Path, moment: datetime, ending: str) -> Iterator[tuple[BinaryIO, Path]]:
    """(open file, the path that it will have). It has that name only once all of it is on the disk."""
    path = folder / f"site-{moment.astimezone(UTC):{STAMP}}.tar{ending}"
    if path.exists():
        raise CommandError(f"{path} is there already.")
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file, path
            file.flush()
            os.fsync(file.fileno())
        os.rename(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def archives(folder: Path) -> list[tuple[datetime, Path]]:
    """Newest first. Other files in the folder are nobody's concern."""
    found = []
    for path in folder.iterdir():
        if match := NAME.fullmatch(path.name):
            found.append((datetime.strptime(match[1], STAMP).replace(tzinfo=UTC), path))
    return sorted(found, reverse=True)


def superfluous(moments: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Which archives may go. The newest one always stays."""
    moments = sorted(moments, reverse=True)
    if not any(keep):
        return set()
    kept = set(moments[:1])
    periods = ((keep.days, "%Y-%m-%d"), (keep.weeks, "%G-%V"), (keep.months, "%Y-%m"))
    for number, period in periods:
        newest: dict[str, datetime] = {}
        for moment in moments:
            newest.setdefault(moment.strftime(period), moment)
        kept.update(list(newest.values())[:number])
    return set(moments) - kept


def rotate(folder: Path, keep: Keep) -> list[Path]:
    """Remove what is not kept; returns what went."""
    there = archives(folder)
    going = superfluous((moment for moment, path in there), keep)
    removed = [path for moment, path in there if moment in going]
    for path in removed:
        path.unlink()
    return removed
