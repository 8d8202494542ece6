"""Triggers: what the database itself does at each write, whatever wrote. Those of one purpose share a prefix.

SQLite loses the triggers of a table when a migration rebuilds it, and stumbles over triggers that name a table which
is being rebuilt. So they are dropped before every `migrate` and made anew after it, from the models as they are then.
"""

from __future__ import annotations

from collections.abc import Callable

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

EVENTS = ("insert", "update", "delete")


def follow_migrations(app: AppConfig, *, install: Callable[[str], None], remove: Callable[[str], None]) -> None:
    """Have an app's triggers dropped and made by `migrate`; both functions get the name of a database."""
    uid = f"triggers of {app.label}"
    pre_migrate.connect(lambda using, **kwargs: remove(using), sender=app, weak=False, dispatch_uid=uid)
    post_migrate.connect(lambda using, **kwargs: install(using), sender=app, weak=False, dispatch_uid=uid)


def installed_triggers(prefix: str, using: str) -> list[tuple[str, str]]:
    """[(name of a trigger, its table)] as the database has them."""
    with connections[using].cursor() as cursor:
        cursor.execute(LIST[connections[using].vendor], [prefix + "%"])
        return cursor.fetchall()


def remove_triggers(prefix: str, using: str) -> None:
    """Drop every trigger of a purpose, those of tables that are no longer watched too, and functions of its name."""
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name, table in installed_triggers(prefix, using):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)} ON {quote(table)}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {quote(name)}()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)}")


def has_columns(connection, cursor, table: str, columns) -> bool:
    """Whether a table has all these columns already: somebody may be migrating a part, or back."""
    there = {column.name for column in connection.introspection.get_table_description(cursor, table)}
    return there.issuperset(columns)


LIST = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid) AND tgname LIKE %s"
    ),
}
