"""Writes a whole site into one stream: every table as it is at one moment, every file, and last of all what it holds.

An archive without its last members is no archive: whoever reads it refuses it, wherever it was cut.
"""

from __future__ import annotations

import gzip
import io
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from iaec_site.backup import manifest, rows
from iaec_site.backup.files import stored_names
from iaec_site.backup.filling import applied_migrations, refuse_other_version
from iaec_site.backup.manifest import FilesEntry, Manifest, TableEntry
from iaec_site.backup.members import Writer, fits
from iaec_site.backup.reading import LONGEST_LINE
from iaec_site.backup.tables import Table, line_of


class Archiving:
    """`progress` gets what is done, what there is in all (rows and files), and what it is at."""

    def __init__(self, stream: BinaryIO, scratch: Path, progress: Callable[[int, int, str], None]):
        self.writer = Writer(stream)
        self.scratch = scratch
        self.progress = progress
        self.done = self.total = 0
        self.gone: list[str] = []

    def write(self) -> Manifest:
        """CommandError if the database is not that of this version of the site."""
        with rows.snapshot(connections.databases[DEFAULT_DB_ALIAS]) as connection:
            refuse_other_version(applied_migrations(connection), "The database")
            tables = manifest.archived_tables()
            # After the snapshot: what it refers to is there, and is not removed within a month.
            names = list(stored_names())
            self.total = len(names) + sum(rows.count(connection, table) for table in tables)
            entries = [self.add_table(connection, table) for table in tables]
        made = manifest.new(entries, self.add_files(names))
        data = made.as_bytes()
        seal = self.writer.add(manifest.MANIFEST, io.BytesIO(data), len(data)).sha256.encode()
        self.writer.add(manifest.SEAL, io.BytesIO(seal), len(seal))
        self.writer.end()
        return made

    def add_table(self, connection, table: Table) -> TableEntry:
        digest = rows.Digest(table)
        with self.packed(manifest.member_of(table.name)) as lines:
            for row in digest.seen(rows.rows(connection, table)):
                line = line_of(row)
                if len(line) > LONGEST_LINE:
                    raise CommandError(f"A row of {table.name} is too long for a backup: {row[table.key]}")
                lines.add(line)
                self.one_more(table.name)
        last_number = rows.last_number(connection, table) if table.is_counted else 0
        written = lines.written
        return TableEntry(
            table.name,
            manifest.columns_of(table),
            *digest.result,
            lines.bytes,
            last_number,
            written.size,
            written.sha256,
        )

    def add_files(self, names: list[str]) -> FilesEntry:
        count = total = 0
        with self.packed(manifest.INDEX) as lines:
            for name in names:
                try:
                    source = default_storage.open(name)
                except FileNotFoundError:
                    self.gone.append(name)  # removed meanwhile, a month after nobody needed it any more
                    continue
                count += 1
                member = f"{manifest.FILES}{name}"
                if not fits(member):
                    member = f"{manifest.LONG_NAMES}{count}"
                with source:
                    written = self.writer.add(member, source, source.size)
                total += written.size
                lines.add(line_of([name, *written]))
                self.one_more(name.partition("/")[0])
        return FilesEntry(count, total, lines.bytes, lines.written.size, lines.written.sha256)

    @contextmanager
    def packed(self, member: str):
        """Lines into a file without a name, which becomes a member of the archive at the end of the block."""
        with tempfile.TemporaryFile(dir=self.scratch) as file:
            lines = Lines(gzip.GzipFile(fileobj=file, mode="wb", compresslevel=5, mtime=0))
            yield lines
            lines.packed.close()
            size = file.tell()
            file.seek(0)
            lines.written = self.writer.add(member, file, size)

    def one_more(self, what: str) -> None:
        self.done += 1
        if self.done % 100 == 0 or self.done == self.total:
            self.progress(self.done, self.total, what)


class Lines:
    def __init__(self, packed: gzip.GzipFile):
        self.packed = packed
        self.bytes = 0
        self.written = None

    def add(self, line: bytes) -> None:
        self.bytes += len(line)
        self.packed.write(line)
