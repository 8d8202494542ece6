"""Puts a whole site's rows into a database, in one transaction: what was there before, or all of the new.

Whatever stops it, the process's death included, leaves the database as it was.
"""
# ruff: noqa: S608 - what is put into statements here are names of our own tables

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, Error, IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from iaec_site.backup import rows
from iaec_site.backup.progress import RowsDone
from iaec_site.backup.tables import FILLED_BY_MIGRATE, MADE_ANEW, Table, all_tables
from publishing.progress_bar import ProgressBar
from search import index


def applied_migrations(connection) -> list[str]:
    """Names of what has been applied in a database, as in `agenda.0002_calendar_identity`, in order.

    Not those of apps that the site has no longer: their tables are not the site's either.
    """
    ours = MigrationLoader(None).migrated_apps
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations() if app in ours)


def expected_migrations() -> list[str]:
    """Those of this version of the site."""
    return sorted(map(".".join, MigrationLoader(None).graph.nodes))


def refuse_other_version(found: Iterable[str], what: str) -> None:
    """CommandError unless the tables of `what` are those of this version of the site, to the last migration."""
    found, expected = set(found), set(expected_migrations())
    if newer := sorted(found - expected):
        raise CommandError(
            f"{what} comes from a newer or another version of the site: this one does not know {newer[0]}"
            f"{f' and {len(newer) - 1} more migrations' if newer[1:] else ''}. Install that version first."
        )
    if older := sorted(expected - found):
        raise CommandError(
            f"{what} comes from an older version of the site: {older[0]}"
            f"{f' and {len(older) - 1} more migrations are' if older[1:] else ' is'} missing. Use that version of the "
            "site, then upgrade with `manage.py prepare`."
        )


def rows_of_a_site() -> str | None:
    """The name of a table that shows that a site, or something else, is in the database; None if nothing is."""
    ours = {table.name for table in all_tables()} | MADE_ANEW
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        known = ours | {name for name in there if name == "django_migrations" or name.startswith("search_text")}
        if strangers := sorted(there - known):
            return strangers[0]
        for name in sorted(there & (ours - FILLED_BY_MIGRATE)):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")
            if cursor.fetchone():
                return name
    return None


def make_tables() -> None:
    """Bring the database's tables to this version. CommandError if it has already been at a newer one."""
    there = set(applied_migrations(connection))
    if unknown := sorted(there - set(expected_migrations())):
        raise CommandError(f"The database comes from a newer version of the site: {unknown[0]} is not known here.")
    if there != set(expected_migrations()):
        call_command("migrate", verbosity=0, interactive=False)


class Filling:
    """`fill()` takes the place of everything in the database that settings name; `say` gets lines about its steps."""

    def __init__(self, *, say: Callable[[str], None], stream):
        self.say, self.stream = say, stream
        self.done = None

    def fill(
        self,
        source: Callable[[Table], Iterable[list]],
        last_numbers: dict[str, int],
        number: int,
        left_out: frozenset = frozenset(),
        afterwards: Callable[[], None] = lambda: None,
    ) -> dict[str, tuple[int, str]]:
        """{name of a table: (rows, digest)} of what `source` gave, once the database was seen to hold the same.

        `number` is that of all rows, for the bar. Tables that are left out are emptied. What `afterwards` does belongs
        to it, too. CommandError if anything does not fit; then nothing has changed.
        """
        # Written, and read again.
        self.done = RowsDone(self.stream, 2 * number)
        with transaction.atomic():
            # As for migrations: triggers go, and are made anew from the models afterwards.
            emit_pre_migrate_signal(0, False, DEFAULT_DB_ALIAS, apps=apps, plan=[])
            self.empty()
            given = {}
            for table in all_tables():
                if table.name not in left_out:
                    given[table.name] = self.take(table, source(table))
                    if table.is_counted:
                        highest = last_numbers.get(table.name, 0)
                        rows.set_last_number(connection, table, max(highest, self.highest(table)))
            try:
                connection.check_constraints()
            except IntegrityError as error:
                raise CommandError(f"What one row refers to is missing: {error}") from error
            self.done.clear()
            self.say("Comparing every row with what was read …")
            for table in all_tables():
                if table.name in given and rows.digest_of(connection, table, self.done) != given[table.name]:
                    raise CommandError(f"The rows of {table.name} are not the same after they were written.")
            emit_post_migrate_signal(0, False, DEFAULT_DB_ALIAS, apps=apps, plan=[])
            self.done.clear()
            self.build_index()
            afterwards()
        return given

    def build_index(self) -> None:
        self.say("Building the search index …")
        bar, done = ProgressBar(self.stream, index.number_of_items()), 0
        for kind, some in index.rebuild():
            done += some
            bar.show(done, kind.name)
        bar.clear()

    def empty(self) -> None:
        # Not the number of the content, which only ever rises.
        names = {table.name for table in all_tables()} | MADE_ANEW - {"page_cache_sharedgeneration"}
        quoted = [connection.ops.quote_name(name) for name in sorted(names)]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"TRUNCATE {', '.join(quoted)}")
                return
            cursor.execute("DELETE FROM search_text")
            for name in quoted:
                cursor.execute(f"DELETE FROM {name}")

    def take(self, table: Table, some: Iterable[list]) -> tuple[int, str]:
        digest = rows.Digest(table)
        try:
            rows.insert(connection, table, self.counted(digest.seen(some)))
        except (Error, ValueError) as error:
            raise CommandError(f"A row of {table.name} was not taken: {error}") from error
        except Exception as error:
            # psycopg's own errors, which COPY raises past Django.
            if type(error).__module__.startswith("psycopg"):
                raise CommandError(f"A row of {table.name} was not taken: {error}") from error
            raise
        return digest.result

    def counted(self, some: Iterable[list]) -> Iterator[list]:
        for row in some:
            yield row
            self.done()

    def highest(self, table: Table) -> int:
        with connection.cursor() as cursor:
            quote = connection.ops.quote_name
            cursor.execute(f"SELECT max({quote(table.columns[table.key].name)}) FROM {quote(table.name)}")
            return cursor.fetchone()[0] or 0
