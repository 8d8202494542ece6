"""The folder of an export: made beside its place, put there when whole, replaced only if it is still ours."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MANIFEST = "export.json"


class Refused(Exception):
    """Nothing was changed. The message is for the webmaster."""


def check_place(folder: Path, kind: str, *, replace: bool) -> None:
    """Raises Refused where an export must not be put. `kind`: what the manifest of an earlier one calls itself."""
    if folder.is_symlink():
        raise Refused(f"{folder} is a link. Name the folder itself.")
    if not folder.exists():
        if not folder.parent.is_dir():
            raise Refused(f"{folder.parent} does not exist. Make it first.")
        return
    if not folder.is_dir():
        raise Refused(f"{folder} is a file. Name a folder, or one that does not exist yet.")
    if not any(folder.iterdir()):
        return
    if not replace:
        raise Refused(f"{folder} is not empty. Name another folder, or add --replace if it is an earlier export.")
    if strange := next(changed_since(folder, kind), None):
        raise Refused(f"{folder} is not replaced: {strange}. Move it away, or name another folder.")


def changed_since(folder: Path, kind: str) -> Iterator[str]:
    """What in a folder an export did not write as it is, in words."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        if manifest["format"] != kind:
            raise ValueError
        files = dict(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError):
        yield f"it has no {MANIFEST} of an earlier export"
        return
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield f"{name} is a link, which no export makes"
        elif path.is_file() and name != MANIFEST:
            if name not in files:
                yield f"{name} is no part of the earlier export"
            elif described(path) != files[name]:
                yield f"{name} was changed since"


def described(path: Path) -> dict:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while data := file.read(1 << 20):
            digest.update(data)
            size += len(data)
    return {"bytes": size, "sha256": digest.hexdigest()}


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """An empty folder next to the place of the export. It goes with everything in it unless `put` moved it.

    What a killed run left is cleared away. Raises Refused while another run is at work.
    """
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    unfinished.mkdir(exist_ok=True)
    lock = os.open(unfinished.with_name(f"{unfinished.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"Another export to {folder} is at work.") from None
        shutil.rmtree(unfinished)
        unfinished.mkdir()
        yield unfinished
    finally:
        os.close(lock)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.with_name(f"{unfinished.name}.lock").unlink(missing_ok=True)


def put(unfinished: Path, folder: Path) -> None:
    """In one step where there was nothing; an earlier export gives way between two renames."""
    former = folder.with_name(f".{folder.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    if folder.exists():
        os.rename(folder, former)
    os.rename(unfinished, folder)
    shutil.rmtree(former, ignore_errors=True)


def write_manifest(folder: Path, kind: str, facts: dict) -> int:
    """Last of all; returns how many files there are besides it."""
    files = {
        path.relative_to(folder).as_posix(): described(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }
    manifest = {"format": kind, "version": 1, **facts, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(files)
