"""An SQLite file that is moved away or replaced under a running site.

Connections last, and one to a file that has no name any more goes on working: what editors save would be told as saved
and be gone with the process. And a new connection would make an empty database in the file's place. So whenever Django
looks after its connections (before each request, and at each look of the worker for tasks) the file has to be the one
that the connection was opened to; and a process that serves never makes one.
"""

from __future__ import annotations

import os
import sqlite3

from django.core.signals import request_started
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created


def watch_file() -> None:
    """To be called once in each process that serves or works off tasks, before its first connection."""
    connection_created.connect(note_file, dispatch_uid="lost_file.note")
    # Before Django's own receiver looks after the connections, in whatever thread the request is answered.
    request_started.connect(lambda **kwargs: guard(connections[DEFAULT_DB_ALIAS]), weak=False)
    guard(connections[DEFAULT_DB_ALIAS])


def identity_of(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def note_file(connection, **kwargs) -> None:
    guard(connection)
    if connection.vendor == "sqlite":
        path = connection.settings_dict["NAME"]
        connection.opened_file = identity_of(path)
        connection.may_write = all(
            os.access(f"{path}{ending}", os.W_OK)
            for ending in ("", "-wal", "-shm")
            if os.path.exists(f"{path}{ending}")
        )


def guard(connection) -> None:
    if connection.vendor != "sqlite" or connection.alias != DEFAULT_DB_ALIAS:
        return
    path = connection.settings_dict["NAME"]
    if not hasattr(connection, "opened_file"):
        connection.opened_file, connection.may_write = None, True
        make, look_after = connection.get_new_connection, connection.close_if_unusable_or_obsolete

        def get_new_connection(parameters):
            if not os.path.exists(path):
                error = sqlite3.OperationalError(f"unable to open database file: {path} is gone")
                error.sqlite_errorname = "SQLITE_CANTOPEN"
                raise error
            return make(parameters)

        def close_if_unusable_or_obsolete():
            close_if_lost()
            look_after()

        def close_if_lost():
            is_at_rest = connection.connection is not None and not connection.in_atomic_block
            # Opened while it could only be read, a file is never written to by the whole process: SQLite shares what
            # it knows of it between connections until the last one is closed. So none of these lasts.
            lasts = connection.may_write and not connection.errors_occurred
            if is_at_rest and not (lasts and identity_of(path) == connection.opened_file):
                connection.close()

        connection.get_new_connection = get_new_connection
        connection.close_if_unusable_or_obsolete = close_if_unusable_or_obsolete
