"""Every connection of Django's raises the generation when it commits a change of content, whatever made the change.

It hangs on the connection, for a receiver of `post_save` does not hear of `update()`, `bulk_create` and SQL. A
wrapper of each statement notes which tables of content it writes to (`page_cache.statements`); the commit that follows
is announced and told, a roll-back is not. It notes as well what is read, for parts of pages (`page_cache.readings`). A
statement outside of a transaction gets one of its own, so that there is a commit to hang on.

This app stands before `search` among INSTALLED_APPS: its hook is then the innermost, and the index, which follows
within the commit, is part of what is told, not of the time in which pages are not kept.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction

from iaec_site.page_cache.generation import generation
from iaec_site.page_cache.readings import readings
from iaec_site.page_cache.several_machines import shared_generation
from iaec_site.page_cache.statements import ANY, SAVEPOINT, Effect, effect_of, tables_written

NOTHING: frozenset[str] = frozenset()


def watch(connection, **kwargs) -> None:
    """To each new connection, from `connection_created`."""
    if connection.alias != DEFAULT_DB_ALIAS:
        return
    if watcher := getattr(connection, "content_watcher", None):
        watcher.begin_anew()
    else:
        connection.content_watcher = ContentWatcher(connection)


class ContentWatcher:
    def __init__(self, connection):
        self.connection = connection
        self._commit, self._rollback = connection._commit, connection._rollback
        connection._commit, connection._rollback = self.commit, self.rollback
        # At the head: `execute_wrapper()` takes the last one away when it ends.
        connection.execute_wrappers.insert(0, self.execute)
        self.begin_anew()

    def begin_anew(self) -> None:
        # Tables of content that this transaction wrote to.
        self.written = NOTHING
        self.savepoints: list[tuple[str, frozenset[str]]] = []

    def commit(self):
        written = self.written
        self.begin_anew()
        if not written or self.connection.connection is None:
            return self._commit()
        with generation().commit(None if ANY in written else written), shared_generation().commit(self.connection):
            return self._commit()

    def rollback(self):
        self.begin_anew()
        return self._rollback()

    def execute(self, execute, sql, params, many, context):
        text = sql if isinstance(sql, str) else as_text(sql, self.connection)
        effect = effect_of(text)
        readings.note(text)
        if effect is Effect.NONE:
            result = execute(sql, params, many, context)
            if self.savepoints or not self.connection.autocommit:
                self.follow_savepoints(text)
            return result
        if not self.connection.autocommit or self.connection.in_atomic_block:
            self.written |= tables_written(text)
            return execute(sql, params, many, context)
        if effect is Effect.ROWS:
            with transaction.atomic(using=self.connection.alias):
                result = execute(sql, params, many, context)
                self.written |= tables_written(text)
                self.fetch_before_the_commit(context["cursor"])
            return result
        with generation().commit(), shared_generation().commit(self.connection):
            return execute(sql, params, many, context)

    def follow_savepoints(self, text: str) -> None:
        """What is rolled back to a savepoint has not been written."""
        match = SAVEPOINT.match(text)
        if not match:
            return
        word, name = match[1].lower(), match[2].lower()
        if word == "savepoint":
            self.savepoints.append((name, self.written))
            return
        at = next((at for at in reversed(range(len(self.savepoints))) if self.savepoints[at][0] == name), None)
        if at is None:
            return
        if word.startswith("rollback"):
            self.written = self.savepoints[at][1]
            del self.savepoints[at + 1 :]
        else:
            del self.savepoints[at:]

    def fetch_before_the_commit(self, wrapper) -> None:
        """SQLite does not commit while rows of a RETURNING wait to be fetched."""
        if self.connection.vendor == "sqlite" and wrapper.cursor.description:
            wrapper.cursor = FetchedRows(wrapper.cursor)


class FetchedRows:
    """A cursor whose rows have been fetched already. Once it executes something else it is the cursor itself."""

    def __init__(self, cursor):
        self.cursor = cursor
        self.rows = deque(cursor.fetchall())

    def __getattr__(self, name: str) -> Any:
        if name in {"execute", "executemany"}:
            self.rows = None
        return getattr(self.cursor, name)

    def fetchone(self):
        if self.rows is None:
            return self.cursor.fetchone()
        return self.rows.popleft() if self.rows else None

    def fetchmany(self, size: int | None = None):
        if self.rows is None:
            return self.cursor.fetchmany(*[size] if size is not None else [])
        size = self.cursor.arraysize if size is None else size
        return [self.rows.popleft() for _ in range(min(size, len(self.rows)))]

    def fetchall(self):
        return self.cursor.fetchall() if self.rows is None else self.fetchmany(len(self.rows))

    def __iter__(self):
        return iter(self.fetchone, None)


def as_text(sql: Any, connection) -> str:
    """Of bytes, or of what psycopg composes statements from."""
    if isinstance(sql, bytes):
        return sql.decode(errors="replace")
    return sql.as_string(connection.connection)
