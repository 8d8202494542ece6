"""What an archive says of itself, and whether that fits this version of the site."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from iaec_site.backup.filling import expected_migrations, refuse_other_version
from iaec_site.backup.members import NotAnArchive, Written
from iaec_site.backup.tables import NOT_IN_ARCHIVES, Table, all_tables

FORMAT = 1
MANIFEST, SEAL, INDEX = "manifest.json", "manifest.sha256", "files.jsonl.gz"
FILES, LONG_NAMES = "files/", "files-with-long-names/"
TABLE = re.compile(r"database/([a-z0-9_]{1,63})\.jsonl\.gz")
HEX = re.compile(r"[0-9a-f]{64}")


class TableEntry(NamedTuple):
    """One table: `rows`, their `digest`, the JSON lines' size in `bytes`, and the member in which they are packed."""

    name: str
    columns: list
    rows: int
    digest: str
    bytes: int
    last_number: int
    size: int
    sha256: str


class FilesEntry(NamedTuple):
    """`bytes`, `size` and `sha256` are those of the list of files, `total` that of the files themselves, in bytes."""

    count: int
    total: int
    bytes: int
    size: int
    sha256: str


class Manifest(NamedTuple):
    made_at: str
    address: str
    version: str
    migrations: list[str]
    tables: list[TableEntry]
    files: FilesEntry

    def as_bytes(self) -> bytes:
        data = {
            "format": FORMAT,
            **self._asdict(),
            "left_out": sorted(NOT_IN_ARCHIVES),
            "tables": [entry._asdict() for entry in self.tables],
            "files": self.files._asdict(),
        }
        return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def archived_tables() -> list[Table]:
    return [table for table in all_tables() if table.name not in NOT_IN_ARCHIVES]


def member_of(table: str) -> str:
    return f"database/{table}.jsonl.gz"


def columns_of(table: Table) -> list[list]:
    return [list(column) for column in table.columns]


def new(tables: list[TableEntry], files: FilesEntry) -> Manifest:
    return Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"),
        address=settings.SITE_URL,
        version=version(),
        migrations=expected_migrations(),
        tables=tables,
        files=files,
    )


def version() -> str:
    """The commit of the site's code, for whoever has to find it again; empty if it is not under Git."""
    git = shutil.which("git")
    if not git:
        return ""
    asked = [git, "-C", str(settings.BASE_DIR), "rev-parse", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603 - no shell


def read(data: bytes) -> Manifest:
    """Of the member's content. NotAnArchive or CommandError if it does not fit this version of the site."""
    try:
        raw = json.loads(data)
        number = raw.pop("format")
        raw.pop("left_out")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotAnArchive("it does not say what it holds") from None
    if number != FORMAT:
        raise NotAnArchive(f"it is of format {number!r}, and this version of the site knows format {FORMAT} alone")
    try:
        manifest = Manifest(**raw)
        manifest = manifest._replace(
            tables=[checked(TableEntry(**entry)) for entry in manifest.tables],
            files=checked(FilesEntry(**manifest.files)),
        )
        texts = [manifest.made_at, manifest.address, manifest.version, *manifest.migrations]
        if not all(isinstance(text, str) for text in texts):
            raise TypeError
    except (TypeError, KeyError):
        raise NotAnArchive("what it says of itself makes no sense") from None
    refuse_other_version(manifest.migrations, f"The archive (made by version {manifest.version or 'unknown'})")
    expected = [(table.name, columns_of(table)) for table in archived_tables()]
    if [(entry.name, entry.columns) for entry in manifest.tables] != expected:
        raise NotAnArchive("its tables are not those of this version of the site")
    return manifest


def checked(entry: Any) -> Any:
    """TypeError if a number is none, or a checksum."""
    for name, value in entry._asdict().items():
        if name in {"sha256", "digest"}:
            good = isinstance(value, str) and HEX.fullmatch(value)
        elif name in {"name", "columns"}:
            good = True  # compared with the site's own
        else:
            good = type(value) is int and value >= 0
        if not good:
            raise TypeError(name)
    return entry


def written(name: str, entry: TableEntry | FilesEntry) -> Written:
    """The member as it has to be."""
    return Written(name, entry.size, entry.sha256)
