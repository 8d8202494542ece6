"""Asks the site for its pages as an anonymous visitor would: through the whole of Django, without a network."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections, transaction

from publishing import clock
from search import index

HTTP_OK = 200
REDIRECTS = (301, 302, 303, 307, 308)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]  # by their names in small letters
    body: bytes

    @property
    def media_type(self) -> str:
        """“text/html” of “text/html; charset=utf-8”."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def leads_to(self) -> str:
        """Where a redirect leads, as it says it; "" for any other answer."""
        return self.headers.get("location", "") if self.status in REDIRECTS else ""


class Visitor:
    """Without cookies and with no language of their own. `origin` is the site's address: scheme and host."""

    def __init__(self, origin: str):
        self.origin = urlsplit(origin)
        self.handler = WSGIHandler()

    def ask(self, address: str) -> Answer:
        """The answer to a GET of an address on the site, with its query if it has one."""
        path, _, query = address.partition("?")
        host, scheme = self.origin.netloc, self.origin.scheme
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": self.origin.hostname or "",
            "SERVER_PORT": str(self.origin.port or (443 if scheme == "https" else 80)),
            "HTTP_HOST": host,
            # Believed where the settings are for a site behind a proxy, and looked at nowhere else.
            "HTTP_X_FORWARDED_PROTO": scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": True,
        }
        begun: list = []
        chunks = self.handler(environ, lambda status, headers, info=None: begun.append((status, headers)))
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        status, headers = begun[-1]
        return Answer(int(status.split()[0]), {name.lower(): value for name, value in headers}, body)


@contextmanager
def one_moment(moment) -> Iterator[None]:
    """Within it every page is made of the content of one moment, and as of it, whatever editors save meanwhile.

    On SQLite a reader keeps the state that it saw first and holds nobody up, if it does not ask for the right to
    write; on PostgreSQL REPEATABLE READ does the same.
    """
    index.refresh()
    connection = connections[DEFAULT_DB_ALIAS]
    options = connection.settings_dict["OPTIONS"]
    mode = options.get("transaction_mode")
    is_within = connection.in_atomic_block  # as tests are
    if connection.vendor == "sqlite" and not is_within:
        connection.close()
        options["transaction_mode"] = "DEFERRED"
    try:
        with quiet(), connection_kept(), transaction.atomic():
            if not is_within:
                with connection.cursor() as cursor:
                    if connection.vendor == "postgresql":
                        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                    # The first look fixes the moment.
                    cursor.execute("SELECT count(*) FROM django_migrations")
            with clock.clock_set_to(moment):
                yield
    finally:
        if connection.vendor == "sqlite" and not is_within:
            connection.close()
            options["transaction_mode"] = mode


@contextmanager
def connection_kept() -> Iterator[None]:
    """Between two requests Django looks after its connections, and closes one that is within a transaction."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        yield
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)


@contextmanager
def quiet() -> Iterator[None]:
    """What is not there is told by the export in its own words; errors still come through."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
