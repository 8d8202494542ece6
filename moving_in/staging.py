"""The export laid out in a file of its own, so that an item finds its translations, pictures and links wherever they
stand. It lies in the folder for temporary files, is as large as the texts, and goes when the command ends.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from moving_in.kinds_of_plugins import WORKINGS
from moving_in.report import Report
from moving_in.wxr.records import Author, Item, Site, Term

TABLES = """
    CREATE TABLE items (
        number INTEGER PRIMARY KEY, parent INTEGER, becomes TEXT DEFAULT '', language TEXT DEFAULT '', leader INTEGER
    );
    CREATE INDEX items_by_leader ON items (leader);
    CREATE INDEX items_by_parent ON items (parent);
    -- Apart, so that noting something of an item does not write its text anew.
    CREATE TABLE texts (number INTEGER PRIMARY KEY, data TEXT);
    CREATE TABLE terms (
        taxonomy TEXT, slug TEXT, number INTEGER, language TEXT DEFAULT '', leader TEXT, data TEXT,
        PRIMARY KEY (taxonomy, slug)
    );
    CREATE TABLE authors (login TEXT PRIMARY KEY, name TEXT);
    CREATE TABLE addresses (address TEXT PRIMARY KEY, number INTEGER);
    CREATE TABLE files (path TEXT PRIMARY KEY, number INTEGER);
    CREATE TABLE used (what TEXT PRIMARY KEY, times INTEGER);
"""


class Staging:
    def __init__(self, path: str):
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.execute("PRAGMA journal_mode = OFF")
        self.database.execute("PRAGMA synchronous = OFF")
        self.database.execute("PRAGMA cache_size = -16000")  # KiB
        self.database.executescript(TABLES)
        self.site = Site()
        self.report = Report(self.database)
        self.database.execute("BEGIN")

    def add(self, record: Site | Author | Term | Item) -> None:
        match record:
            case Site():
                self.site = record
            case Author():
                self.database.execute("INSERT OR REPLACE INTO authors VALUES (?, ?)", (record.login, record.name))
            case Term():
                if record.slug:
                    self.database.execute(
                        "INSERT OR REPLACE INTO terms (taxonomy, slug, number, data) VALUES (?, ?, ?, ?)",
                        (record.taxonomy, record.slug, record.number, json.dumps(vars(record))),
                    )
            case Item():
                self.add_item(record)

    def add_item(self, item: Item) -> None:
        if item.number <= 0:
            self.report.note("left_out", f"“{item.title}” has no number (wp:post_id), line {item.line}")
            return
        added = self.database.execute(
            "INSERT INTO items (number, parent, leader) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (item.number, item.parent, item.number),
        )
        if added.rowcount:
            data = json.dumps(item.as_json(), ensure_ascii=False)
            self.database.execute("INSERT INTO texts VALUES (?, ?)", (item.number, data))
        elif item.kind not in WORKINGS:
            self.report.note("left_out", f"“{item.title}” comes twice; the first was taken", item.number)

    def item(self, number: int) -> Item | None:
        row = self.database.execute("SELECT data FROM texts WHERE number = ?", (number,)).fetchone()
        return Item.from_json(json.loads(row[0])) if row else None

    def items(self, condition: str = "1", *values) -> Iterator[Item]:
        """In the order of their numbers; what is changed meanwhile may be. `condition` is always ours, never a text of
        the export: these are its `values`.
        """
        last = 0
        while True:
            where = f"({condition}) AND number > ? ORDER BY number LIMIT 50"
            sql = f"SELECT number, data FROM items JOIN texts USING (number) WHERE {where}"  # noqa: S608 - see above
            rows = self.database.execute(sql, (*values, last)).fetchall()
            for _number, data in rows:
                yield Item.from_json(json.loads(data))
            if len(rows) < 50:
                return
            last = rows[-1][0]

    def numbers(self, condition: str = "1", *values) -> Iterator[tuple[int, str, str, int]]:
        """(number, what it becomes, language, leader) of items, light ones."""
        sql = f"SELECT number, becomes, language, leader FROM items WHERE {condition} ORDER BY number"  # noqa: S608
        yield from self.database.execute(sql, values).fetchall()

    def count(self, condition: str = "1", *values) -> int:
        sql = f"SELECT COUNT(*) FROM items WHERE {condition}"  # noqa: S608
        return self.database.execute(sql, values).fetchone()[0]

    def set(self, number: int, **columns) -> None:
        names = ", ".join(f"{name} = ?" for name in columns)
        self.database.execute(f"UPDATE items SET {names} WHERE number = ?", (*columns.values(), number))  # noqa: S608

    def terms(self, taxonomy: str) -> Iterator[Term]:
        rows = self.database.execute("SELECT data FROM terms WHERE taxonomy = ? ORDER BY number, slug", (taxonomy,))
        for (data,) in rows.fetchall():
            yield Term(**json.loads(data))

    def term(self, taxonomy: str, slug: str) -> Term | None:
        sql = "SELECT data FROM terms WHERE taxonomy = ? AND slug = ?"
        row = self.database.execute(sql, (taxonomy, slug)).fetchone()
        return Term(**json.loads(row[0])) if row else None

    def authors(self) -> dict[str, str]:
        return dict(self.database.execute("SELECT login, name FROM authors"))

    def note_address(self, key: str | None, number: int) -> None:
        if key and key != "/":
            self.database.execute("INSERT OR IGNORE INTO addresses VALUES (?, ?)", (key, number))

    def at_address(self, key: str) -> int | None:
        row = self.database.execute("SELECT number FROM addresses WHERE address = ?", (key,)).fetchone()
        return row[0] if row else None

    def note_file(self, path: str, number: int) -> None:
        self.database.execute("INSERT OR IGNORE INTO files VALUES (?, ?)", (path, number))

    def has_file(self, path: str) -> bool:
        return self.database.execute("SELECT 1 FROM files WHERE path = ?", (path,)).fetchone() is not None

    def use(self, what: str, times: int = 1) -> None:
        """Count something that is told with its number, such as an author."""
        self.database.execute(
            "INSERT INTO used VALUES (?, ?) ON CONFLICT (what) DO UPDATE SET times = times + excluded.times",
            (what, times),
        )

    def uses(self, prefix: str) -> list[tuple[str, int]]:
        sql = "SELECT substr(what, ?), times FROM used WHERE substr(what, 1, ?) = ? ORDER BY times DESC, what"
        return self.database.execute(sql, (len(prefix) + 1, len(prefix), prefix)).fetchall()


@contextmanager
def staged() -> Iterator[Staging]:
    """An empty one, removed at the end; where the process is killed, the system clears its folder."""
    with tempfile.TemporaryDirectory(prefix="wordpress-import-") as folder:
        staging = Staging(os.path.join(folder, "staging.sqlite3"))
        try:
            yield staging
        finally:
            staging.database.close()
