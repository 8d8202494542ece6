"""Folders and disks of this machine, and the backups on them."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from iaec_site.backup.folder import UNFINISHED, archives
from iaec_site.doctor.findings import Finding, fails, in_bytes, in_words, ok, warning
from iaec_site.doctor.of_database import compared

# Part of a disk that is free, and bytes: below the first it is time to do something, below the second it is late.
LITTLE, TOO_LITTLE = 0.10, 0.02
LITTLE_BYTES, TOO_LITTLE_BYTES = 1024**3, 100 * 1024**2
HOUR = 3600
OLD_BACKUP, TOO_OLD_BACKUP = 26 * HOUR, 72 * HOUR
OLD_UNFINISHED = 6 * HOUR


def folders() -> dict[str, Path]:
    found = {
        "VAR_DIR": settings.VAR_DIR,
        # Unused where pictures and documents are in a bucket.
        "storage": Path(settings.MEDIA_ROOT),
        "static files": Path(settings.STATIC_ROOT),
        "backups": settings.BACKUP_DIR,
    }
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        found["database"] = Path(database["NAME"]).parent
    return found


def writable_folders() -> Iterator[Finding]:
    for name, folder in folders().items():
        what = f"folder: {name}"
        existing = nearest(folder)
        try:
            with tempfile.NamedTemporaryFile(dir=existing, prefix=".doctor-") as file:
                file.write(b"x")
                file.flush()
        except OSError as error:
            yield fails(
                what,
                f"{folder}: {error.strerror}",
                f"chown -R the user that the site runs as, and look at ReadWritePaths= of its units: {existing}",
            )
        else:
            yield ok(what, f"{folder} can be written to" if existing == folder else f"{folder} will be made")


def nearest(folder: Path) -> Path:
    """The folder itself, or the one in which it will be made."""
    return next(one for one in (folder, *folder.parents) if one.is_dir())


def disk_space() -> Iterator[Finding]:
    seen = set()
    for name, folder in folders().items():
        existing = nearest(folder)
        device = existing.stat().st_dev
        if device not in seen:
            seen.add(device)
            yield space_of(name, existing)


def space_of(name: str, folder: Path) -> Finding:
    """Bytes and inodes of the disk on which a folder lies; other folders on the same one are not named again."""
    what = f"disk: {name}"
    disk = os.statvfs(folder)
    free, size = disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize
    parts = [free / size if size else 1.0]
    found = f"{in_bytes(free)} of {in_bytes(size)} free"
    if disk.f_files:  # some file systems count none
        parts.append(disk.f_favail / disk.f_files)
        found += f", {parts[1]:.0%} of the inodes"
    remedy = f"Free or add space on the disk of {folder}; BACKUP_KEEP says how many archives stay."
    if min(parts) < TOO_LITTLE or free < TOO_LITTLE_BYTES:
        return fails(what, found, remedy)
    if min(parts) < LITTLE or free < LITTLE_BYTES:
        return warning(what, found, remedy)
    return ok(what, found)


def clock_of_the_files() -> Iterator[Finding]:
    """A folder may lie on another machine, and times of files are compared with the clock of this one."""
    with tempfile.NamedTemporaryFile(dir=nearest(settings.VAR_DIR), prefix=".doctor-") as file:
        file.write(b"x")
        file.flush()
        yield compared("clock of the files", os.fstat(file.fileno()).st_mtime - time.time())


def backups() -> Iterator[Finding]:
    """By names and ages: an archive has its name only once it is whole. `restore --check` reads all of it."""
    what, folder = "backup", settings.BACKUP_DIR
    remedy = "python manage.py backup; and every night by iaec-backup.timer (docs/deploy.md)"
    found = archives(folder) if folder.is_dir() else []
    if not found:
        say = fails if settings.PRODUCTION else warning
        yield say(what, f"there is none in {folder}", remedy)
        return
    moment, path = found[0]
    age = (datetime.now(UTC) - moment).total_seconds()
    size = path.stat().st_size
    words = f"{path.name}, {in_words(max(age, 0))} old, {in_bytes(size)}"
    if not size:
        yield fails(what, f"{words}: it is empty", remedy)
    elif age > TOO_OLD_BACKUP:
        yield fails(what, words, remedy)
    elif age > OLD_BACKUP:
        yield warning(what, words, remedy)
    else:
        yield ok(what, words)
    now = time.time()
    for left in sorted(folder.glob(f"site-*{UNFINISHED}")):
        if now - left.stat().st_mtime > OLD_UNFINISHED:
            yield warning(what, f"{left.name} was never finished", "Look why in the log; the next backup removes it.")
