"""Rows out of a database and into one: as they are at one moment, with constant memory, and counted."""
# ruff: noqa: S608 - what is put into statements here are names of our own tables and columns

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import connections, transaction

from iaec_site.backup.tables import Table, as_travelling, comparable, for_sqlite

SNAPSHOT = "snapshot"
AT_ONCE = 500


@contextmanager
def snapshot(settings: dict) -> Iterator:
    """A connection that sees the database with these settings as it is now, whatever others write meanwhile.

    On SQLite a reader keeps the state that it saw first (WAL) and holds nobody up; on PostgreSQL REPEATABLE READ does
    the same. It cannot write.
    """
    options = dict(settings.get("OPTIONS") or {})
    if settings["ENGINE"].endswith("sqlite3"):
        options["transaction_mode"] = "DEFERRED"
    connections.databases[SNAPSHOT] = {**settings, "OPTIONS": options, "CONN_MAX_AGE": 0}
    connection = connections[SNAPSHOT]
    try:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only = ON")
        with transaction.atomic(using=SNAPSHOT), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # The first look fixes the moment.
            cursor.execute("SELECT count(*) FROM django_migrations")
            yield connection
    finally:
        connection.close()
        del connections[SNAPSHOT]
        del connections.databases[SNAPSHOT]


def count(connection, table: Table) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table.name)}")
        return cursor.fetchone()[0]


def rows(connection, table: Table) -> Iterator[list]:
    """All rows in the form in which they travel, in an order that is the same on every database."""
    quote = connection.ops.quote_name
    key = table.columns[table.key]
    order = quote(key.name)
    if connection.vendor == "postgresql" and key.kind == "text":
        order += ' COLLATE "C"'
    columns = ", ".join(map(quote, table.names))
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {quote(table.name)} ORDER BY {order}")
        while some := cursor.fetchmany(AT_ONCE):
            for row in some:
                yield [as_travelling(value, column) for value, column in zip(row, table.columns, strict=True)]


class Digest:
    """Counts rows and tells whether two tables hold the same ones."""

    def __init__(self, table: Table):
        self.table = table
        self.rows = 0
        self.sha256 = hashlib.sha256()

    def seen(self, some: Iterable[list]) -> Iterator[list]:
        for row in some:
            self.rows += 1
            self.sha256.update(comparable(row, self.table))
            yield row

    @property
    def result(self) -> tuple[int, str]:
        return self.rows, self.sha256.hexdigest()


def digest_of(connection, table: Table, on_row: Callable[[], None] = lambda: None) -> tuple[int, str]:
    """(number of rows, what they amount to) as the database holds them now."""
    digest = Digest(table)
    for _row in digest.seen(rows(connection, table)):
        on_row()
    return digest.result


def insert(connection, table: Table, some: Iterable[list]) -> None:
    """Write rows into a table of the same columns. Raises what the database says of a row that it does not take."""
    quote = connection.ops.quote_name
    into = f"{quote(table.name)} ({', '.join(map(quote, table.names))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Everything goes as text, which each type reads as it writes it.
            with cursor.cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in some:
                    copy.write_row(row)
            return
        values = ", ".join(["%s"] * len(table.columns))
        some = iter(some)
        while batch := list(islice(some, AT_ONCE)):
            cursor.executemany(
                f"INSERT INTO {into} VALUES ({values})",
                [
                    [for_sqlite(value, column) for value, column in zip(row, table.columns, strict=True)]
                    for row in batch
                ],
            )


def last_number(connection, table: Table) -> int:
    """The highest number that the table ever gave, also to rows that are gone: none is given twice."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
            found = cursor.fetchone()
            return found[0] if found else 0
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence(cursor, table)}")
        return cursor.fetchone()[0]


def set_last_number(connection, table: Table, number: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            if number:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])
        else:
            cursor.execute(f"SELECT setval('{sequence(cursor, table)}', %s, %s)", [max(number, 1), bool(number)])


def sequence(cursor, table: Table) -> str:
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.columns[table.key].name])
    return cursor.fetchone()[0]
