"""The files of the storage: pictures in all their sizes, documents, sharing cards."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.base import CommandError

from iaec_site.backup.members import CHUNK, NotAnArchive

# Where a restore unpacks before anything is in its place: in the storage, so that files only have to be renamed.
UNPACKING = ".unpacking-"


def stored_names(folder: str = "") -> Iterator[str]:
    """Names of all files, folder by folder, in order."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        if not name.startswith(UNPACKING):
            yield from stored_names(f"{folder}{name}/")


def safe_name(name: str) -> str:
    """The name, if it leads to a place within the storage; else NotAnArchive."""
    parts = name.split("/") if isinstance(name, str) else [""]
    if any(part in {"", ".", ".."} or len(part.encode()) > 255 for part in parts) or any(
        character in name for character in "\\\0"
    ):
        raise NotAnArchive(f"the name of a file leads elsewhere: {name!r}")
    if parts[0].startswith(UNPACKING):
        raise NotAnArchive(f"the name of a file is one of the restore's own: {name!r}")
    return name


def is_a_folder() -> bool:
    return isinstance(default_storage, FileSystemStorage) or isinstance(
        getattr(default_storage, "_wrapped", None), FileSystemStorage
    )


def storage_folder() -> Path:
    """Where files are kept, or where they are unpacked on their way to a bucket."""
    folder = Path(settings.MEDIA_ROOT) if is_a_folder() else settings.VAR_DIR
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Placing:
    """Puts unpacked files where the site looks for them: at first only what takes nobody's place.

    Names are made from content or from chance, so the site that was there goes on with all of its files; what is left
    over goes when the database is the new one.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.names: set[str] = set()
        self.differing: list[tuple[str, Path]] = []

    def place(self, files: Iterable[tuple[str, str, Path]]) -> None:
        """Of (name, SHA-256, where it was unpacked)."""
        for name, sha256, unpacked in files:
            self.names.add(name)
            target = self.target(name)
            if not target.exists():
                os.replace(unpacked, target)
            elif sha256_of(target) != sha256:
                self.differing.append((name, unpacked))

    def target(self, name: str) -> Path:
        target = self.folder.joinpath(*PurePosixPath(name).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        # Somebody may have put a link into the storage.
        if not target.parent.resolve().is_relative_to(self.folder.resolve()) or target.is_dir():
            raise CommandError(f"{target} leads out of the storage, or is a folder.")
        return target

    def finish(self) -> int:
        """Once the database is the new one: replace what has another content, remove what is left; how many went."""
        for name, unpacked in self.differing:
            os.replace(unpacked, self.target(name))
        left = [name for name in stored_names() if name not in self.names]
        for name in left:
            default_storage.delete(name)
        return len(left)


class PlacingInBucket:
    """The same where files are kept in a bucket: what is the same there is not sent again."""

    def __init__(self):
        self.names: set[str] = set()
        self.differing: list[tuple[str, Path]] = []

    def place(self, files: Iterable[tuple[str, str, Path]]) -> None:
        for name, sha256, unpacked in files:
            self.names.add(name)
            if not default_storage.exists(name):
                self.send(name, unpacked)
            elif sha256_of(default_storage.open(name)) != sha256:
                self.differing.append((name, unpacked))

    def send(self, name: str, unpacked: Path) -> None:
        with unpacked.open("rb") as file:
            stored_as = default_storage.save(name, File(file))
        if stored_as != name:
            raise CommandError(f"Somebody else stores {name} at the same moment. Stop the site first.")

    def finish(self) -> int:
        for name, unpacked in self.differing:
            default_storage.delete(name)
            self.send(name, unpacked)
        left = [name for name in stored_names() if name not in self.names]
        for name in left:
            default_storage.delete(name)
        return len(left)


def placing_in(folder: Path) -> Placing | PlacingInBucket:
    return Placing(folder) if is_a_folder() else PlacingInBucket()


def sha256_of(source: Path | File) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as file:
        while data := file.read(CHUNK):
            digest.update(data)
    return digest.hexdigest()


def remove_unpacked(folder: Path) -> None:
    """What a restore that was killed has left behind."""
    for old in folder.glob(f"{UNPACKING}*"):
        shutil.rmtree(old)
