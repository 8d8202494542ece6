"""The database: there, writable, of this version, and its clock."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from iaec_site.doctor.findings import Finding, fails, ok, skipped, warning
from iaec_site.workers.models import Heartbeat

# Seconds that two clocks may differ: codes of the second step are good for half a minute to either side.
TOLERABLE, HARMFUL = 2, 20


def database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
        else:
            cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
    yield ok("database", f"{connection.display_name} {version} answers")


def database_is_writable() -> Iterator[Finding]:
    """By a row that is written and taken back; it belongs to no page, so no page is made anew for it."""
    if Heartbeat._meta.db_table not in connection.introspection.table_names():
        yield skipped("database takes changes", "not tried before the migrations have run")
        return
    now = timezone.now()
    try:
        with transaction.atomic():
            Heartbeat.objects.create(worker_id="doctor", host="", process=0, started_at=now, seen_at=now)
            transaction.set_rollback(True)
    except DatabaseError as error:
        yield fails(
            "database takes changes",
            f"it does not: {error}",
            "Look at rights and free space where the database lies; on PostgreSQL at default_transaction_read_only.",
        )
    else:
        yield ok("database takes changes", "a row was written and taken back")


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    due = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    unknown = sorted(key for key in unknown if key[0] in executor.loader.migrated_apps)
    if due:
        names = ", ".join(f"{one.app_label}.{one.name}" for one, backwards in due[:3])
        yield fails(
            "migrations",
            f"{len(due)} have not run: {names}{' …' if len(due) > 3 else ''}",
            "python manage.py prepare",
        )
    elif unknown:
        yield fails(
            "migrations",
            f"the database is of a newer version: {'.'.join(unknown[0])} is not known here",
            "Start the newer version of the site again, or go back as docs/deploy.md says.",
        )
    else:
        yield ok("migrations", "all have run")


def clock_of_the_database() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        yield ok("clock of the database", "it is this machine's own")
        return
    with connection.cursor() as cursor:
        begun = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        theirs = float(cursor.fetchone()[0])
    # The answer is from some moment between the question and now.
    yield compared("clock of the database", theirs - (begun + time.time()) / 2)


def compared(what: str, seconds: float) -> Finding:
    """`seconds` that the other clock is ahead."""
    found = f"{abs(seconds):.1f} s {'ahead of' if seconds > 0 else 'behind'} this machine's"
    remedy = "Let both machines keep the time: apt-get install chrony (timedatectl shows whether they do)."
    if abs(seconds) > HARMFUL:
        return fails(what, found, remedy)
    if abs(seconds) > TOLERABLE:
        return warning(what, found, remedy)
    return ok(what, found)
