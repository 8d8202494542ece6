"""HTTP for visitors: what is ready is answered as it is read, before there is a task, a thread or a request.

The protocol is uvicorn's, parsed by llhttp. Only what `on_headers_complete` finds ready is answered here; all else
takes uvicorn's own way, to Django. What a visitor may not do for ever (sending a head, waiting) has a limit here, as
uvicorn leaves that to a proxy.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from time import perf_counter
from urllib.parse import unquote_to_bytes

from django.conf import settings
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from entrance.visitor_address import address_in
from iaec_site.metrics.counting import (
    BUCKETS,
    BUCKETS_AT,
    METHOD_AT,
    PER_KIND,
    READY,
    REASONS,
    REFUSED,
    SECONDS_AT,
    SLOW_HEAD,
    STALE,
    count_answer,
    count_refusal,
)
from iaec_site.page_cache.answers import Answer
from iaec_site.page_cache.layer import PageCache
from iaec_site.web_server import life
from iaec_site.web_server.access_log import AccessLog
from iaec_site.web_server.refusals import refusal
from iaec_site.web_server.request_ids import id_of, is_proxy

# Bytes of a request line with its headers, and seconds for sending them; seconds for which a connection may wait.
LONGEST_HEAD = 64 * 1024
HEAD_SECONDS = 20
IDLE_SECONDS = 10
LOOKS_EVERY = 5  # seconds
LINGERS = 1  # second that an idle connection stays open when the server is to stop
# With one of these a request is more than a question for a page.
SPECIAL = frozenset((b"content-length", b"expect", b"transfer-encoding", b"upgrade"))
READING = frozenset((b"GET", b"HEAD"))
# Where counts of ready answers begin; and, beyond that, by the first digit of the status as it stands in the head.
OF_READY, OF_STALE = READY * PER_KIND, STALE * PER_KIND
GET_AT, HEAD_AT = METHOD_AT["GET"] - ord("2"), METHOD_AT["HEAD"] - ord("2")


class ReadyPagesProtocol(HttpToolsProtocol):
    page_cache: PageCache | None = None  # set by `iaec_site.web_server.application`, where there is one
    # `access_log` is a name of uvicorn's.
    log_of_answers = AccessLog("off", "plain")
    counts: list[float] | None = None  # for Prometheus: see `web_server.measuring`
    date_line: tuple[list, bytes] = ([], b"")

    def connection_made(self, transport):
        super().connection_made(transport)
        self.is_from_proxy = self.client is not None and is_proxy(self.client[0])
        self.state = self.app_state.copy()
        self.url = b""
        self.head_bytes = 0
        self.is_head_complete = True
        self.was_ready = False
        self.waiting_since = self.loop.time()
        self.timeout_keep_alive_task = self.loop.call_later(LOOKS_EVERY, self.timeout_keep_alive_handler)

    def connection_lost(self, exc):
        super().connection_lost(exc)
        self._unset_keepalive_if_required()

    # Limits

    def data_received(self, data):
        if not self.is_head_complete or self.is_free():
            self.head_bytes += len(data)
        super().data_received(data)
        if self.head_bytes > LONGEST_HEAD and not self.is_head_complete and not self.transport.is_closing():
            self.refuse_long_head()

    def refuse_long_head(self):
        if len(self.url) > LONGEST_HEAD // 2:
            self.refuse(414, "The address of this request is too long.")
        else:
            self.refuse(431, "The headers of this request are too long.")

    def send_400_response(self, msg):
        """`msg` is uvicorn's; what was sent is no HTTP."""
        self.refuse(400, "This is not a request by the rules of HTTP.")

    def refuse(self, status: int, words: str) -> None:
        self.transport.write(refusal(status, words))
        self.transport.close()
        if self.counts is not None:
            method = self.parser.get_method().decode("latin-1") if self.url else "other"
            count_answer(self.counts, REFUSED, method, status, self.loop.time() - self.waiting_since)
            count_refusal(self.counts, REASONS[status])

    def is_free(self) -> bool:
        """Whether nothing is being answered, so that what comes next may be answered at once."""
        return self.cycle is None or self.cycle.response_complete

    def timeout_keep_alive_handler(self):
        """Looks every few seconds, one timer for each connection: a timer for each answer would cost more than it."""
        if self.transport.is_closing():
            return
        waited = self.loop.time() - self.waiting_since
        if self.is_free() and waited > (IDLE_SECONDS if self.is_head_complete else HEAD_SECONDS):
            self.transport.close()
            if self.counts is not None and not self.is_head_complete:
                count_refusal(self.counts, SLOW_HEAD)
        else:
            self.timeout_keep_alive_task = self.loop.call_later(LOOKS_EVERY, self.timeout_keep_alive_handler)

    def _unset_keepalive_if_required(self):
        """uvicorn would begin a timer after each answer and end it at each request: here one goes on."""
        if self.transport.is_closing() and self.timeout_keep_alive_task is not None:
            self.timeout_keep_alive_task.cancel()
            self.timeout_keep_alive_task = None

    def on_response_complete(self):
        timer = self.timeout_keep_alive_task
        super().on_response_complete()
        if timer is not None and self.timeout_keep_alive_task is not timer:
            self.timeout_keep_alive_task.cancel()
            self.timeout_keep_alive_task = timer
        self.waiting_since = self.loop.time()

    def shutdown(self):
        """The server is to stop. A request may be on its way: it is answered, and told that the connection ends."""
        if self.is_free():
            self.loop.call_later(LINGERS, self.close_if_free)
        else:
            self.cycle.keep_alive = False

    def close_if_free(self):
        if not self.transport.is_closing():
            if self.is_free():
                self.transport.close()
            else:
                self.cycle.keep_alive = False

    def resume_writing(self):
        super().resume_writing()
        if self.is_free() and not self.pipeline:
            self.flow.resume_reading()

    # What the parser finds

    def on_message_begin(self):
        self.url = b""
        self.headers = []
        self.expect_100_continue = False
        self.is_head_complete = False
        self.waiting_since = self.loop.time()

    def on_header(self, name, value):
        # What comes behind the body is no header (RFC 9112, 7.1.2): a proxy may pass on there what it replaces here.
        if not self.is_head_complete:
            self.headers.append((name.lower(), value))

    def on_headers_complete(self):
        self.is_head_complete = True
        self.head_bytes = 0
        if len(self.url) > LONGEST_HEAD:
            self.was_ready = True
            self.refuse_long_head()
            return
        self.was_ready = self.is_free() and not self.flow.write_paused and self.answer_ready()
        if not self.was_ready:
            self.expect_100_continue = any(
                name == b"expect" and value.lower() == b"100-continue" for name, value in self.headers
            )
            # As uvicorn makes it when a message begins, which most messages can do without.
            self.scope = {
                "type": "http",
                "asgi": {"version": self.asgi_version, "spec_version": "2.3"},
                "http_version": "1.1",
                "server": self.server,
                "client": self.client,
                "scheme": self.scheme,
                "root_path": self.root_path,
                "headers": self.headers,
                "state": self.state,
            }
            super().on_headers_complete()
            if life.is_stopping and self.cycle is not None:
                self.cycle.keep_alive = False

    def on_body(self, body):
        if not self.was_ready:
            super().on_body(body)

    def on_message_complete(self):
        if not self.was_ready:
            super().on_message_complete()

    # Ready pages

    def answer_ready(self) -> bool:
        begun = perf_counter()
        method = self.parser.get_method()
        known = dict(self.headers)
        if (
            method not in READING
            or len(known) != len(self.headers)  # a header that comes twice
            or not SPECIAL.isdisjoint(known)
            or self.parser.should_upgrade()
        ):
            return False
        answer = self.find(known)
        if answer is None:
            return False
        head, body = answer.in_one_piece(known)
        if method != b"GET":
            body = b""
        keep_alive = (
            self.parser.should_keep_alive() and self.parser.get_http_version() == "1.1" and not life.is_stopping
        )
        request = id_of(known.get(b"x-request-id"), self.is_from_proxy)
        end = b"\r\n\r\n" if keep_alive else b"\r\nconnection: close\r\n\r\n"
        self.transport.write(b"".join((head, self.date(), b"x-request-id: ", request, end, body)))
        counts = self.counts
        if counts is not None:
            seconds = perf_counter() - begun
            start = OF_STALE if answer.is_stale else OF_READY
            counts[start + (GET_AT if method == b"GET" else HEAD_AT) + head[9]] += 1
            counts[start + BUCKETS_AT + bisect_left(BUCKETS, seconds)] += 1
            counts[start + SECONDS_AT] += seconds
        if self.log_of_answers.tells_of_ready:
            self.note(request, method, int(head[9:12]), len(body), perf_counter() - begun, known)
        self.server_state.total_requests += 1
        if not keep_alive:
            self.transport.close()
        elif self.flow.write_paused:
            # Who asks without reading the answers has to wait.
            self.flow.pause_reading()
        return True

    def note(self, request, method, status, size, seconds, known) -> None:
        address = ""
        if settings.LOG_IP:
            forwarded = known.get(b"x-forwarded-for", b"").decode("latin-1")
            peer = self.client[0] if self.client else ""
            address = str(address_in({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}) or "")
        path = self.url.partition(b"?")[0].decode("latin-1")
        self.log_of_answers.note(request, method.decode(), path, status, size, seconds, True, time.time(), address)

    def find(self, known: dict[bytes, bytes]) -> Answer | None:
        cache = self.page_cache
        if cache is None or b"host" not in known or cache.is_of_staff(known.get(b"cookie", b"").decode("latin-1")):
            return None
        path, _, query = self.url.partition(b"?")
        if not path.startswith(b"/") or b"#" in self.url:
            return None
        if b"%" in path:
            path = unquote_to_bytes(path)
        scheme = cache.scheme(known.get(cache.scheme_header_name, b"").decode("latin-1"), self.scheme)
        page = (scheme, known[b"host"].decode("latin-1"), path.decode("latin-1"), "")
        return cache.ready(page, query.decode("latin-1"))

    def date(self) -> bytes:
        """The headers that every answer has; uvicorn makes them anew each second."""
        known, line = self.__class__.date_line
        headers = self.server_state.default_headers
        if known is not headers:
            line = b"".join(b"%s: %s\r\n" % header for header in headers)
            self.__class__.date_line = (headers, line)
        return line
