"""The database itself notes every row that was written to, whatever wrote it: a form, an import, a line of SQL.

As with the ledger of translations, a trigger writes into one log which item changed, in the transaction of the change.
The index is brought up to date from it (`search.index.refresh`): before Django's transactions end, else before the
next search.
"""
# ruff: noqa: S608 - what is put into statements here are names of our own models and columns

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from django.db import connections

from publishing.triggers import EVENTS, has_columns, installed_triggers, remove_triggers
from search.kinds import kinds

PREFIX = "search_of_"
LOG = "search_change"
ROWS = "search_indexrow"
# A save that changes nothing else changes these.
SILENT = {"updated_at", "created_at", "sequence", "former_slugs"}


class Watched(NamedTuple):
    """One table: changes of some of its columns concern the item whose key stands in `key`."""

    table: str
    columns: tuple[str, ...]
    kind: str
    key: str


def watched() -> Iterator[Watched]:
    """What triggers watch: the tables of all kinds, those they borrow from, and those of their parts; each once."""
    tables: dict[tuple[str, str, str], set[str]] = {}

    def add(model, kind, key, names=()):
        columns = {
            field.column
            for field in model._meta.concrete_fields
            if field.name not in SILENT
            and (
                not names
                or field.name in names
                or (getattr(field, "translated_field", None) and field.translated_field.name in names)
            )
        }
        tables.setdefault((model._meta.db_table, kind, key), set()).update(columns)

    for kind in kinds().values():
        add(kind.model, kind.name, kind.model._meta.pk.column)
        for related in kind.related:
            meta = related.model._meta
            add(related.model, meta.label_lower, meta.pk.column, related.columns)
        for child in kind.children:
            add(child.model, kind.name, child.column)
    for (table, kind, key), columns in tables.items():
        yield Watched(table, tuple(sorted(columns)), kind, key)


def install(using: str) -> None:
    """Make all triggers anew. A table that does not have all its columns yet gets them when it has."""
    remove(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if LOG not in tables:
            return
        for one in watched():
            if one.table in tables and has_columns(connection, cursor, one.table, one.columns):
                for statement in WORDS[connection.vendor](one, connection.ops.quote_name):
                    cursor.execute(statement)
        if connection.vendor == "sqlite":
            # The words of a row go with it, also when tables are emptied.
            cursor.execute(
                f"CREATE TRIGGER {PREFIX}rows AFTER DELETE ON {ROWS} BEGIN"
                " DELETE FROM search_text WHERE rowid = OLD.id; END"
            )


remove = partial(remove_triggers, PREFIX)


def missing(using: str) -> set[str]:
    """Names of triggers that should be there and are not."""
    wanted = {name_of(one, event) for one in watched() for event in EVENTS}
    return wanted - {name for name, table in installed_triggers(PREFIX, using)}


def name_of(one: Watched, event: str) -> str:
    return f"{PREFIX}{one.table}_{event}"


def in_words_of_sqlite(one, quote):
    columns = [quote(column) for column in one.columns]
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)

    def trigger(event, rows, more=""):
        notes = "".join(
            f" INSERT INTO {LOG} (kind, item) VALUES ('{one.kind}', {row}.{quote(one.key)});" for row in rows
        )
        return f"CREATE TRIGGER {quote(name_of(one, event))} AFTER {event.upper()}{more} BEGIN{notes} END"

    table = quote(one.table)
    return [
        trigger("insert", ["NEW"], f" ON {table}"),
        trigger("update", ["OLD", "NEW"], f" OF {', '.join(columns)} ON {table} WHEN {differs}"),
        trigger("delete", ["OLD"], f" ON {table}"),
    ]


def in_words_of_postgresql(one, quote):
    columns = [quote(column) for column in one.columns]
    old, new = (f"ROW({', '.join(f'{which}.{column}' for column in columns)})" for which in ("OLD", "NEW"))
    table = quote(one.table)

    def trigger(event, rows, of="", when=""):
        name = quote(name_of(one, event))
        notes = "".join(
            f" INSERT INTO {LOG} (kind, item) VALUES ('{one.kind}', {row}.{quote(one.key)});" for row in rows
        )
        return [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN{notes} RETURN NULL; END $$",
            f"CREATE TRIGGER {name} AFTER {event.upper()}{of} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION {name}()",
        ]

    return [
        *trigger("insert", ["NEW"]),
        *trigger("update", ["OLD", "NEW"], f" OF {', '.join(columns)}", f" WHEN ({old} IS DISTINCT FROM {new})"),
        *trigger("delete", ["OLD"]),
    ]


WORDS = {"sqlite": in_words_of_sqlite, "postgresql": in_words_of_postgresql}
