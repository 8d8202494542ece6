"""`/healthz`: this process lives. `/readyz`: it can do its work. For load balancers, proxies and `manage.py doctor`.

Answered before Django and its list of hosts, since a load balancer asks by address, and without one of the threads
that make pages, since these may all be busy. What stands in an answer is meant for anybody.
"""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from iaec_site.security_headers import headers_outside_of_django
from iaec_site.web_server import life

logger = logging.getLogger(__name__)

HEALTH, READINESS = "/healthz", "/readyz"
PATIENCE = 3.0  # seconds for the database
GOOD_FOR = 1.0  # seconds that a result is given to others, too


class Health:
    def __init__(self):
        self.executor = ThreadPoolExecutor(1, thread_name_prefix="readiness")
        self.looking: asyncio.Future | None = None
        self.reason = ""
        self.known_until = 0.0
        self.has_all_migrations = False

    async def answer(self, scope, send) -> int:
        """The status that was sent."""
        reason = await self.why_not_ready() if scope["path"] == READINESS else ""
        status = 503 if reason else 200
        text = f"{reason or 'ok'}\n".encode()
        headers = {
            **headers_outside_of_django(),
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Length": str(len(text)),
            "X-Robots-Tag": "noindex",
        }
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": text})
        return status

    async def why_not_ready(self) -> str:
        if life.is_stopping or life.is_draining:
            return "This process is stopping."
        if time.monotonic() < self.known_until:
            return self.reason
        if self.looking is None or self.looking.done():
            self.looking = asyncio.get_running_loop().run_in_executor(self.executor, self.look)
        try:
            # One look at a time: where the database hangs, nobody piles up behind it.
            self.reason = await asyncio.wait_for(asyncio.shield(self.looking), PATIENCE)
        except TimeoutError:
            return f"The database did not answer within {PATIENCE:.0f} s."
        self.known_until = time.monotonic() + GOOD_FOR
        return self.reason

    def look(self) -> str:
        connection = connections[DEFAULT_DB_ALIAS]
        try:
            connection.close_if_unusable_or_obsolete()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            if not self.has_all_migrations:
                executor = MigrationExecutor(connection)
                due = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
                if due:
                    return f"{due} migrations have not run."
                # They do not go away by themselves while this process runs.
                self.has_all_migrations = True
        except DatabaseError:
            logger.warning("Not ready: the database does not answer", exc_info=True)
            connection.close()
            return "The database does not answer."
        return ""
