"""The database itself notes every change of a translated text, whatever wrote it.

A flag that somebody has to set is forgotten by `QuerySet.update`, by an import, by a line of SQL. So each table with
translated texts has three triggers, which write into one log: which item, and how its row read before. The ledger
reads the log when it is next asked, and empties it (`translations.ledger.refresh`).

SQLite and PostgreSQL both have triggers, in different words. Each `migrate` makes them anew (`publishing.triggers`):
a language or a field that is added needs nothing more.
"""
# ruff: noqa: S608 - what is put into statements here are names of our own models and columns

from __future__ import annotations

from functools import partial

from django.db import connections

from publishing.triggers import EVENTS, has_columns, installed_triggers, remove_triggers
from translations.kinds import Kind, kinds

PREFIX = "ledger_of_"
LOG = "translations_change"


def install(using: str) -> None:
    """Make the triggers of every kind anew. Cheap: some ten statements a table, none of which reads a row.

    A table that does not have all its columns yet (somebody migrates a part, or back) gets its triggers when it has.
    """
    remove(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if LOG not in tables:
            return
        for kind in kinds().values():
            table = kind.model._meta.db_table
            if table in tables and has_columns(connection, cursor, table, kind.columns):
                for statement in WORDS[connection.vendor](kind, connection.ops.quote_name):
                    cursor.execute(statement)


remove = partial(remove_triggers, PREFIX)


def missing(using: str) -> set[str]:
    """Names of triggers that should be there and are not."""
    wanted = {name_of(kind, event) for kind in kinds().values() for event in EVENTS}
    return wanted - {name for name, table in installed_triggers(PREFIX, using)}


def name_of(kind: Kind, event: str) -> str:
    return f"{PREFIX}{kind.model._meta.db_table}_{event}"


def in_words_of_sqlite(kind, quote):
    table, key = quote(kind.model._meta.db_table), quote(kind.model._meta.pk.column)
    columns = [quote(column) for column in kind.columns]
    row = ", ".join(f"'{column}', OLD.{quote(column)}" for column in kind.columns)
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)

    def log(event, item, before, when="", of=""):
        return (
            f"CREATE TRIGGER {quote(name_of(kind, event))} AFTER {event.upper()}{of} ON {table}{when} BEGIN"
            f" INSERT INTO {LOG} (kind, item, event, at, before) VALUES ('{kind.name}', {item}, '{event}',"
            f" strftime('%Y-%m-%d %H:%M:%f000', 'now'), {before}); END"
        )

    return [
        log("insert", f"NEW.{key}", "NULL"),
        log("update", f"NEW.{key}", f"json_object({row})", f" WHEN {differs}", f" OF {', '.join(columns)}"),
        log("delete", f"OLD.{key}", "NULL"),
    ]


def in_words_of_postgresql(kind, quote):
    table, key = quote(kind.model._meta.db_table), quote(kind.model._meta.pk.column)
    columns = [quote(column) for column in kind.columns]
    # A function takes at most a hundred arguments, so wide rows are put together from parts.
    pairs = [f"'{column}', OLD.{quote(column)}" for column in kind.columns]
    row = " || ".join(f"jsonb_build_object({', '.join(pairs[at : at + 40])})" for at in range(0, len(pairs), 40))
    old, new = (f"ROW({', '.join(f'{which}.{column}' for column in columns)})" for which in ("OLD", "NEW"))

    def log(event, item, before, when="", of=""):
        name = quote(name_of(kind, event))
        return [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" INSERT INTO {LOG} (kind, item, event, at, before) VALUES ('{kind.name}', {item}, '{event}',"
            f" clock_timestamp(), {before}); RETURN NULL; END $$",
            f"CREATE TRIGGER {name} AFTER {event.upper()}{of} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION {name}()",
        ]

    return [
        *log("insert", f"NEW.{key}", "NULL"),
        *log("update", f"NEW.{key}", row, f" WHEN ({old} IS DISTINCT FROM {new})", f" OF {', '.join(columns)}"),
        *log("delete", f"OLD.{key}", "NULL"),
    ]


WORDS = {"sqlite": in_words_of_sqlite, "postgresql": in_words_of_postgresql}
