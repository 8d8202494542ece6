"""From the event loop to Django: whole requests go to a few lasting threads, which keep their database connections.

A thread is taken, and a place in the queue for one, only when the body of a request has come, so nobody keeps either
by sending slowly. The thread is given back when the answer is made. Where an answer is made while it is sent, a reader
keeps it no longer than half a minute for each part.
"""

from __future__ import annotations

import asyncio
import errno
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile

from django.conf import settings

from entrance.visitor_address import address_in
from iaec_site.log_lines import request_id
from iaec_site.metrics.counting import (
    FILE,
    INDIVIDUAL,
    REASONS,
    REFUSED,
    SLOW_READER,
    count_answer,
    count_refusal,
)
from iaec_site.metrics.counting import GONE as LEFT
from iaec_site.metrics.counting import HEALTH as OF_HEALTH
from iaec_site.page_cache.layer import KIND
from iaec_site.web_server.access_log import AccessLog
from iaec_site.web_server.health import HEALTH, READINESS, Health
from iaec_site.web_server.refusals import refusal_parts
from iaec_site.web_server.request_ids import id_of, is_proxy

# Bytes of a body that are kept in memory, and the most that are taken at all: several pictures at once, and more than
# any upload of the site accepts, so that the page itself can say what is too large.
IN_MEMORY = 1024 * 1024
LARGEST_BODY = 256 * 1024 * 1024
# Seconds without a sign of life from somebody who sends a body or reads an answer; and the bytes a second that a body
# has to come in, beyond that time.
PATIENCE = 30
SLOWEST = 1000
# Requests for each thread that may wait for it. More would wait longer than anybody does.
QUEUE = 100
# In the environment of WSGI, and the status in the log of who left before there was an answer.
REQUEST_ID = "site.request_id"
GONE = 499
INTERRUPTED = "The server is being restarted and could not finish this. Please look whether it was done, or try again."


class Refused(Exception):
    """What the server does not pass on: `status` of HTTP, and why."""

    def __init__(self, status: int, reason: str):
        super().__init__(reason)
        self.status = status


class ClientGoneError(Exception):
    """Who asked has closed the connection, or does not read any more."""


class Bridge:
    """An ASGI application (version 3, HTTP only) around one of WSGI (PEP 3333)."""

    def __init__(self, application: Callable, threads: int, access_log: AccessLog | None = None):
        self.application = application
        self.executor = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self.threads = threads
        self.most_waiting = threads * QUEUE
        self.waiting = 0
        self.health = Health()
        self.access_log = access_log or AccessLog("off", "plain")
        # For Prometheus: see `web_server.measuring`.
        self.counts: list[float] | None = None
        self.files = (settings.STATIC_URL, settings.MEDIA_URL)

    async def __call__(self, scope, receive, send):
        if scope["path"] in (HEALTH, READINESS) and scope["method"] in ("GET", "HEAD"):
            begun = time.perf_counter()
            status = await self.health.answer(scope, send)
            if self.counts is not None:
                count_answer(self.counts, OF_HEALTH, scope["method"], status, time.perf_counter() - begun)
            return
        answering = Answering(scope, send)
        try:
            with await whole_body(scope, receive) as body:
                if self.waiting >= self.most_waiting:
                    raise Refused(503, "Too many people are asking at once. Please try again in a minute.")
                self.waiting += 1
                environ = environ_of(scope, body)
                environ[REQUEST_ID] = answering.request.decode()
                try:
                    await self.answer(environ, receive, answering.send)
                finally:
                    self.waiting -= 1
                    answering.kind = self.kind_of(environ)
        except Refused as refused:
            answering.reason = REASONS[refused.status]
            await answering.refuse(refused)
        except asyncio.CancelledError:
            # The server ends, and this took longer than it may. The thread at work ends with the process.
            if answering.status == GONE:
                await answering.refuse(Refused(503, INTERRUPTED))
        except ClientGoneError:
            answering.reason = LEFT if answering.status == GONE else SLOW_READER
        except Exception:
            if answering.status == GONE:
                answering.status = 500  # as uvicorn answers then
            raise
        finally:
            answering.note(self.access_log, self.counts)

    def kind_of(self, environ) -> int:
        kind = environ.get(KIND)
        if kind is None:
            return FILE if environ["PATH_INFO"].startswith(self.files) else INDIVIDUAL
        return kind

    async def answer(self, environ, receive, send):
        loop = asyncio.get_running_loop()
        status, headers, body, rest = await loop.run_in_executor(self.executor, self.make, environ)
        start = {"type": "http.response.start", "status": int(status[:3]), "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": body, "more_body": rest is not None})
        if rest is not None:
            # Whoever leaves in the middle of a long answer should not have the rest of it made.
            leaving = loop.create_task(receive())
            try:
                await loop.run_in_executor(self.executor, self.send_rest, rest, loop, send, leaving)
                await send({"type": "http.response.body", "body": b""})
            finally:
                leaving.cancel()

    def make(self, environ) -> tuple[str, list[tuple[bytes, bytes]], bytes, object | None]:
        """Status, headers, body; and what is still to be made, where the body is made while it is sent."""
        begun = []
        request_id.set(environ[REQUEST_ID])
        parts = self.application(environ, lambda status, headers, exc_info=None: begin(begun, status, headers))
        if is_whole(parts, begun[-1][1]):
            try:
                return *begun[-1], b"".join(parts), None
            finally:
                close(parts)
        return *begun[-1], b"", parts

    def send_rest(self, parts, loop, send, leaving) -> None:
        try:
            for part in parts:
                if leaving.done():
                    return
                message = {"type": "http.response.body", "body": part, "more_body": True}
                asyncio.run_coroutine_threadsafe(send(message), loop).result(PATIENCE)
        except TimeoutError:
            raise ClientGoneError from None
        finally:
            close(parts)


class Answering:
    """Passes on what is sent, with the request's id, and remembers what was."""

    def __init__(self, scope, send):
        self.scope = scope
        self.pass_on = send
        client = scope["client"]
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), None)
        self.request = id_of(given, client is not None and is_proxy(client[0]))
        self.begun = time.perf_counter()
        self.status = GONE
        self.size = 0
        # For Prometheus.
        self.kind = REFUSED
        self.reason = ""

    async def send(self, message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": [*message["headers"], (b"x-request-id", self.request)]}
        elif self.scope["method"] != "HEAD":
            self.size += len(message["body"])
        await self.pass_on(message)

    async def refuse(self, refused: Refused) -> None:
        headers, text = refusal_parts(str(refused))
        await self.send({"type": "http.response.start", "status": refused.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": text})

    def note(self, access_log: AccessLog, counts: list[float] | None) -> None:
        seconds = time.perf_counter() - self.begun
        if counts is not None:
            count_answer(counts, self.kind, self.scope["method"], self.status, seconds)
            if self.reason:
                count_refusal(counts, self.reason)
        if access_log.tells_of_made:
            scope, address = self.scope, ""
            if settings.LOG_IP:
                known = {name: value.decode("latin-1") for name, value in scope["headers"]}
                peer = {"REMOTE_ADDR": (scope["client"] or ("",))[0]}
                address = str(address_in(peer | {"HTTP_X_FORWARDED_FOR": known.get(b"x-forwarded-for", "")}) or "")
            path = scope["raw_path"].decode("latin-1")
            what = (self.request, scope["method"], path, self.status, self.size, seconds)
            access_log.note(*what, False, time.time(), address)


def begin(begun, status, headers):
    begun.append((status, [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]))


def is_whole(parts, headers) -> bool:
    """Whether the body is there, or as good as there: a small file."""
    if isinstance(parts, (list, tuple)) or not getattr(parts, "streaming", True):
        return True
    return any(name == b"content-length" and int(value) <= IN_MEMORY for name, value in headers)


def close(parts) -> None:
    if hasattr(parts, "close"):
        parts.close()


async def whole_body(scope, receive) -> SpooledTemporaryFile:
    """The body of a request, in memory or in a file. Raises `Refused` and `ClientGoneError`."""
    for name, value in scope["headers"]:
        if name == b"content-length" and int(value) > LARGEST_BODY:
            raise Refused(413, f"More than {LARGEST_BODY // 1024 // 1024} MB cannot be sent at once.")
    body = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed by who gets it
    size, more, begun = 0, True, time.monotonic()
    while more:
        left = begun + PATIENCE + size / SLOWEST - time.monotonic()
        try:
            message = await asyncio.wait_for(receive(), min(PATIENCE, max(left, 0)))
        except TimeoutError:
            raise Refused(408, "The request did not arrive in time. Please try again.") from None
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        size += len(message["body"])
        if size > LARGEST_BODY:
            raise Refused(413, f"More than {LARGEST_BODY // 1024 // 1024} MB cannot be sent at once.")
        try:
            body.write(message["body"])
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise Refused(507, "There is no room left on the server. Nothing was stored; please try later.") from None
        more = message["more_body"]
    body.seek(0)
    return body


def environ_of(scope, body) -> dict:
    """The environment of WSGI. A body that came in pieces of unknown number has a length now."""
    host, port = scope["server"] or ("", None)
    client = scope["client"] or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        # With an underscore a name could pass for another's: a proxy's header, say.
        if b"_" in name:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            key = f"HTTP_{key}"
        text = value.decode("latin-1")
        # Cookies in several headers are one list (RFC 9113, 8.2.3).
        separator = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{separator}{text}" if key in environ else text
    if environ.pop("HTTP_TRANSFER_ENCODING", None):
        environ["CONTENT_LENGTH"] = str(body.seek(0, 2))
        body.seek(0)
    return environ
