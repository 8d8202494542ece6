"""The index follows in the transaction of the change itself.

Before Django commits, whatever the transaction wrote is put into the index, so both become visible at once or not at
all. It hangs on the connection, because a receiver of `post_save` does not hear of `update()`, `bulk_create` and SQL.
That holds for large amounts too: whoever imports waits, and no visitor. What is written without a transaction or by
another program is put in before the next search.
"""

from __future__ import annotations

import logging

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models.signals import post_migrate, pre_migrate

logger = logging.getLogger(__name__)

_migrating = False


def refresh_before_commits(connection, **kwargs):
    """To each new connection, from `connection_created`."""
    if connection.alias != DEFAULT_DB_ALIAS or hasattr(connection, "commit_without_search"):
        return
    connection.commit_without_search = connection._commit

    def commit():
        put_in_what_was_written(connection)
        return connection.commit_without_search()

    connection._commit = commit


def put_in_what_was_written(connection) -> None:
    """Never keeps a change from being saved: what fails here is tried again before the next search."""
    from search import index

    if _migrating or not has_tables(connection):
        return
    try:
        # A savepoint, for Django takes a connection without autocommit for one within a transaction.
        with transaction.atomic():
            index.refresh()
    except Exception:
        logger.exception("The search index could not follow a change; it will before the next search")


def has_tables(connection) -> bool:
    """False before the first `migrate`."""
    if not getattr(connection, "has_search_tables", False):
        connection.has_search_tables = "search_change" in connection.introspection.table_names()
    return connection.has_search_tables


def _begin(**kwargs):
    global _migrating
    _migrating = True


def _end(**kwargs):
    global _migrating
    _migrating = False


pre_migrate.connect(_begin, dispatch_uid="search.committing.begin")
post_migrate.connect(_end, dispatch_uid="search.committing.end")
