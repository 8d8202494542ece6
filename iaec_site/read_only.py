"""READ_ONLY=1: the site is read while it is being maintained, and nothing that serves it writes to the database.

Requests that write are refused by `unavailable.UnavailableMiddleware`. Beneath it stands the database itself: each
connection of the web server is for reading only, whatever a view has in mind. The worker waits. Commands that somebody
types do what they are told, for they are the maintenance.
"""

from __future__ import annotations

import sys
import time

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.signals import connection_created

STATEMENTS = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}


def hold_connections() -> None:
    """To be called by a web server, before its first connection."""
    if settings.READ_ONLY:
        connection_created.connect(hold, dispatch_uid="read_only.hold")


def hold(connection, **kwargs) -> None:
    if connection.alias == DEFAULT_DB_ALIAS:
        connection.connection.execute(STATEMENTS[connection.vendor])


def keep_worker_waiting() -> None:
    """For `manage.py worker`: a service manager that starts it again and again would fill the log."""
    if settings.READ_ONLY:
        print("READ_ONLY is set: background tasks wait.", file=sys.stderr, flush=True)
    while settings.READ_ONLY:
        time.sleep(3600)
