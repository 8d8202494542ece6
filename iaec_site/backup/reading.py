"""Takes an archive apart and looks at all of it before any of it is believed."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from iaec_site.backup import manifest, rows
from iaec_site.backup.files import safe_name
from iaec_site.backup.manifest import Manifest, TableEntry
from iaec_site.backup.members import NotAnArchive, Written, members
from iaec_site.backup.tables import Table

# No row is that long, and no memory is asked for more.
LONGEST_LINE = 256 << 20
LONGEST_MANIFEST = 16 << 20
# Left on the disk, whatever an archive asks for.
SPARED = 64 << 20
TYPES = {"integer": int, "bool": bool, "float": (float, int)}


class Unpacked:
    """An archive whose members lie in `folder`, under names of our own."""

    def __init__(self, folder: Path, say: Callable[[str], None] = lambda line: None):
        self.folder = folder
        self.say = say
        self.tables: dict[str, Written] = {}
        self.index: Written | None = None
        self.manifest: Manifest | None = None

    def unpack(self, stream: BinaryIO) -> None:
        """NotAnArchive if it is none, is cut short, or is larger than the disk has room for."""
        sealed, data, number = None, b"", 0
        room = shutil.disk_usage(self.folder).free - SPARED
        with (self.folder / "members").open("xb") as found:
            for member in members(stream):
                if sealed is not None:
                    raise NotAnArchive("something follows after its end")
                room -= member.size
                if room < 0:
                    raise NotAnArchive("there is no room on the disk for all that it holds")
                if member.name.startswith((manifest.FILES, manifest.LONG_NAMES)):
                    number += 1
                    with self.file(number).open("xb") as target:
                        found.write(json.dumps(member.copied(target)).encode() + b"\n")
                elif table := manifest.TABLE.fullmatch(member.name):
                    if table[1] in self.tables:
                        raise NotAnArchive(f"{member.name} is in it twice")
                    with self.table_file(table[1]).open("xb") as target:
                        self.tables[table[1]] = member.copied(target)
                elif member.name == manifest.INDEX and self.index is None:
                    with (self.folder / "index").open("xb") as target:
                        self.index = member.copied(target)
                elif member.name == manifest.MANIFEST and not data:
                    data = member.read(LONGEST_MANIFEST)
                elif member.name == manifest.SEAL:
                    sealed = member.read(64)
                else:
                    raise NotAnArchive(f"it holds something that no backup holds: {member.name!r}")
        if sealed is None or self.index is None:
            raise NotAnArchive("it is cut short")
        if hashlib.sha256(data).hexdigest().encode() != sealed:
            raise NotAnArchive("it is damaged: manifest.json")
        self.manifest = manifest.read(data)

    def file(self, number: int) -> Path:
        """Some thousand in each folder."""
        path = self.folder / "files" / str(number // 4000) / str(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def table_file(self, name: str) -> Path:
        return self.folder / f"{name}.jsonl.gz"

    def verify(self) -> None:
        """Every table and file against checksums and counts. NotAnArchive, or what the manifest says of versions."""
        if set(self.tables) != {entry.name for entry in self.manifest.tables}:
            raise NotAnArchive("its tables are not those that it says it holds")
        needed = sum(entry.bytes for entry in self.manifest.tables)
        if needed > shutil.disk_usage(self.folder).free:
            raise NotAnArchive("there is no room on the disk for all its rows")
        tables = {table.name: table for table in manifest.archived_tables()}
        for entry in self.manifest.tables:
            member = manifest.member_of(entry.name)
            if self.tables[entry.name] != manifest.written(member, entry):
                raise NotAnArchive(f"it is damaged: {member}")
            digest = rows.Digest(tables[entry.name])
            for _row in digest.seen(self.rows(tables[entry.name])):
                pass
            if digest.result != (entry.rows, entry.digest):
                raise NotAnArchive(f"{member} does not hold the rows that it should")
        if self.index != manifest.written(manifest.INDEX, self.manifest.files):
            raise NotAnArchive(f"it is damaged: {manifest.INDEX}")
        names, folders = set(), set()
        for name, _sha256, _path in self.files():
            above = {name[:place] for place, character in enumerate(name) if character == "/"}
            # Of “a” and “a/b” only one can be there.
            if name in names or name in folders or above & names:
                raise NotAnArchive(f"the file {name} is in it twice, or is a folder too")
            names.add(name)
            folders |= above
        if len(names) != self.manifest.files.count:
            raise NotAnArchive("its files are not as many as they should be")

    def entry(self, table: Table) -> TableEntry:
        return next(entry for entry in self.manifest.tables if entry.name == table.name)

    def rows(self, table: Table) -> Iterator[list]:
        entry = self.entry(table)
        for row in lines(self.table_file(table.name), entry.bytes):
            if not isinstance(row, list) or len(row) != len(table.columns):
                raise NotAnArchive(f"a row of {table.name} has other columns")
            for value, column in zip(row, table.columns, strict=True):
                if value is not None and not is_of_kind(value, column.kind):
                    raise NotAnArchive(f"a value of {table.name}.{column.name} is none")
            yield row

    def files(self) -> Iterator[tuple[str, str, Path]]:
        """(name in the storage, SHA-256, where it lies now), each with the member that was found for it."""
        with (self.folder / "members").open("rb") as found:
            for number, line in enumerate(lines(self.folder / "index", self.manifest.files.bytes), 1):
                if not isinstance(line, list) or len(line) != 4:
                    raise NotAnArchive("its list of files makes no sense")
                name, *written = line
                member = found.readline()
                if not member or json.loads(member) != written:
                    raise NotAnArchive(f"a file is damaged or missing: {name}")
                yield safe_name(name), written[2], self.file(number)
            if found.readline():
                raise NotAnArchive("it holds files that are not in its list")


def is_of_kind(value, kind: str) -> bool:
    wanted = TYPES.get(kind, str)
    return isinstance(value, wanted) and (kind in {"bool"} or not isinstance(value, bool))


def lines(path: Path, size: int) -> Iterator:
    """JSON lines of exactly so many bytes; never more is unpacked than that."""
    left = size
    try:
        with gzip.open(path) as packed:
            while line := packed.readline(min(left, LONGEST_LINE) + 1):
                left -= len(line)
                if left < 0 or not line.endswith(b"\n"):
                    raise NotAnArchive(f"{path.name} holds more than it should")
                yield json.loads(line)
    except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
        raise NotAnArchive(f"{path.name} cannot be read: {error}") from None
    if left:
        raise NotAnArchive(f"{path.name} holds less than it should")
