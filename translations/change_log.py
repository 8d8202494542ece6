"""The database itself notes every change of a translated text, whatever wrote it.

A flag that somebody has to set is forgotten by `QuerySet.update`, by an import, by a line of SQL. So each table with
translated texts has three triggers, which write into one log: which item, and how its row read before. The ledger
reads the log when it is next asked, and empties it (`translations.ledger.refresh`).

SQLite and PostgreSQL both have triggers, in different words. SQLite loses those of a table when a migration rebuilds
it, and stumbles over triggers that name a table which is being rebuilt. So they are dropped before every `migrate`
and made anew after it, from the models as they are then; a language or a field that is added needs nothing more.
"""
# ruff: noqa: S608 - what is put into statements here are names of our own models and columns

from __future__ import annotations

from django.db import connections

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
            if table not in tables:
                continue
            columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            if columns.issuperset(kind.columns):
                for statement in WORDS[connection.vendor](kind, connection.ops.quote_name):
                    cursor.execute(statement)


def remove(using: str) -> None:
    """Drop every trigger of ours, those of tables that no longer have translated texts too."""
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name, table in installed(using):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)} ON {quote(table)}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {quote(name)}()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)}")


def installed(using: str) -> list[tuple[str, str]]:
    """[(name of a trigger, its table)] as the database has them."""
    with connections[using].cursor() as cursor:
        cursor.execute(LIST[connections[using].vendor], [PREFIX + "%"])
        return cursor.fetchall()


def missing(using: str) -> set[str]:
    """Names of triggers that should be there and are not."""
    wanted = {name_of(kind, event) for kind in kinds().values() for event in ("insert", "update", "delete")}
    return wanted - {name for name, table in installed(using)}


def name_of(kind: Kind, event: str) -> str:
    return f"{PREFIX}{kind.model._meta.db_table}_{event}"


LIST = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid) AND tgname LIKE %s"
    ),
}


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
