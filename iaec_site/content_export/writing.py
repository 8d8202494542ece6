"""Writes the export, item by item, as one document or as a folder with a file of each kind."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from iaec_site import export_folder
from iaec_site.backup.rows import count, snapshot
from iaec_site.content_export.columns import all_kinds, languages
from iaec_site.content_export.kinds import LEFT_OUT, PERSONAL_FIELDS
from iaec_site.content_export.rows import items
from iaec_site.content_export.schema import schema

FORMAT, VERSION = "iaec-content", 1

Progress = Callable[[int, int, str], None]


def text_of(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


class Writer:
    """Of one state of the database. `on_item(done, total, kind)`."""

    def __init__(self, moment: datetime, on_item: Progress):
        self.moment, self.on_item = moment, on_item
        self.done = self.total = 0
        self.counts: dict[str, int] = {}

    def head(self) -> dict:
        personal = {
            f"{label}.{name}": "who of the staff did it" for label, of in PERSONAL_FIELDS.items() for name in of
        }
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_at": self.moment.isoformat(),
            "site": settings.SITE_URL,
            "languages": languages(),
            "counts": self.counts,
            "left_out": LEFT_OUT | personal,
        }

    def all_kinds(self, connection, begin: Callable[[str], IO[str]]) -> None:
        """`begin` gives the file to write a kind's list to."""
        self.counts = {kind.name: count(connection, kind.table) for kind in all_kinds().values()}
        self.total = sum(self.counts.values())
        for kind in all_kinds().values():
            self.write_list(begin(kind.name), items(connection, kind), kind.name)

    def write_list(self, file: IO[str], found, name: str) -> None:
        file.write("[")
        for number, item in enumerate(found):
            file.write(",\n" if number else "\n")
            file.write(text_of(item))
            self.done += 1
            self.on_item(self.done, self.total, name)
        file.write("\n]")

    def to_file(self, path: Path) -> None:
        """One document. It comes to its place when it is whole."""
        unfinished = path.with_name(f".{path.name}.unfinished")
        try:
            with (
                snapshot(connections[DEFAULT_DB_ALIAS].settings_dict) as connection,
                unfinished.open("w", encoding="utf-8", newline="\n") as file,
            ):
                self.document(connection, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)

    def document(self, connection, file: IO[str]) -> None:
        self.counts = {kind.name: count(connection, kind.table) for kind in all_kinds().values()}
        head = text_of(self.head() | {"schema": schema()})
        file.write(head.removesuffix("}") + ',\n"content": {')
        is_first = True

        def begin(name: str) -> IO[str]:
            nonlocal is_first
            file.write(f"{'' if is_first else ','}\n{text_of(name)}: ")
            is_first = False
            return file

        self.all_kinds(connection, begin)
        file.write("\n}}\n")

    def to_folder(self, folder: Path) -> None:
        """A file of each kind, `schema.json`, and last of all the manifest."""
        files: list[IO[str]] = []

        def begin(name: str) -> IO[str]:
            close()
            files.append((folder / f"{name}.json").open("w", encoding="utf-8", newline="\n"))
            return files[-1]

        def close() -> None:
            while files:
                file = files.pop()
                file.write("\n")
                file.close()

        try:
            with snapshot(connections[DEFAULT_DB_ALIAS].settings_dict) as connection:
                self.all_kinds(connection, begin)
        finally:
            close()
        (folder / "schema.json").write_text(
            json.dumps(schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        head = self.head()
        export_folder.write_manifest(folder, FORMAT, {name: head[name] for name in head if name != "format"})
