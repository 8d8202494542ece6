"""An answer of Django's, kept as the bytes that travel."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.utils.http import parse_http_date_safe

from iaec_site.compression import COMPRESSIBLE
from iaec_site.page_cache.encodings import BROTLI, GZIP, IDENTITY, SMALLEST, accepted, packed

KEPT_STATUS = frozenset((200, 301, 302, 307, 308, 404, 410))
MARK = {BROTLI: "-br", GZIP: "-gz", IDENTITY: ""}
# What Python needs beside the bytes themselves, roughly.
OVERHEAD = 4096
# Of the headers of a 304 those that describe the body are left out (RFC 9110, 15.4.5).
OF_THE_BODY = frozenset(("content-length", "content-type", "content-encoding", "content-disposition", "link"))


class Form:
    """One encoding of an answer: its headers, bytes and tag, ready to be handed to the server."""

    __slots__ = ("body", "etag", "headers", "headers_not_modified")

    def __init__(self, headers: list[tuple[str, str]], body: bytes, etag: str):
        self.headers = headers
        self.body = [body]
        self.etag = etag
        self.headers_not_modified = [one for one in headers if one[0].lower() not in OF_THE_BODY]


class Answer:
    """`read` are the parameters that the page looked at (a frozenset), None if it looked at the whole address.

    `number` is the generation of the content it was made from, `until` the moment (seconds of the Unix epoch) from
    which on it is no longer right. Every form is made once, when it is first asked for.
    """

    __slots__ = ("body", "etag", "forms", "headers", "is_text", "last_modified", "number", "read", "status", "until")

    def __init__(self, status: str, headers: Iterable[tuple[str, str]], body: bytes):
        self.status = status
        self.body = body
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        known = {name.lower(): value for name, value in headers}
        self.headers = [(name, value) for name, value in headers if name.lower() != "etag"]
        self.last_modified = parse_http_date_safe(known.get("last-modified", ""))
        self.etag = ""
        if status.startswith("200"):
            self.etag = known.get("etag", "").removeprefix("W/").strip('"') or hashlib.sha256(body).hexdigest()[:32]
        self.is_text = (
            known.get("content-type", "").startswith(COMPRESSIBLE)
            and "content-encoding" not in known
            and len(body) >= SMALLEST
        )
        self.forms: dict[str, Form] = {}
        self.number = -1
        self.until = 0.0
        self.read: frozenset[str] | None = None

    @property
    def size(self) -> int:
        """The most that it takes in memory, with all its forms: a packed one is kept only if it is half as long."""
        return (2 * len(self.body) if self.is_text else len(self.body)) + OVERHEAD

    def form(self, accept_encoding: str) -> Form:
        if not self.is_text:
            return self.forms.get(IDENTITY) or self.make(IDENTITY)
        encoding = accepted(accept_encoding)[0]
        return self.forms.get(encoding) or self.make(encoding)

    def make(self, encoding: str) -> Form:
        headers, body = self.headers, self.body
        mark = MARK[encoding]
        if encoding != IDENTITY:
            body = packed(self.body, encoding)
            if len(body) > len(self.body) // 2:
                form = self.forms[encoding] = self.forms.get(IDENTITY) or self.make(IDENTITY)
                return form
            headers = [*headers, ("Content-Encoding", encoding)]
        headers = [*headers, ("Content-Length", str(len(body)))]
        etag = ""
        if self.etag:
            etag = f'"{self.etag}{mark}"'
            headers.append(("ETag", etag))
        form = self.forms[encoding] = Form(headers, body, etag)
        return form

    def send(self, environ: dict, start_response: Callable) -> list[bytes]:
        """By the rules of WSGI: 304 for those who have it, no body for HEAD."""
        get = environ.get
        form = self.form(get("HTTP_ACCEPT_ENCODING", ""))
        if self.etag:
            known = get("HTTP_IF_NONE_MATCH")
            if known is not None:
                is_known = form.etag in tags(known)
            else:
                since = get("HTTP_IF_MODIFIED_SINCE")
                # Only the very date that was given counts: see `publishing.feed_response`.
                is_known = since and self.last_modified and parse_http_date_safe(since) == self.last_modified
            if is_known:
                start_response("304 Not Modified", form.headers_not_modified)
                return []
        start_response(self.status, form.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else form.body


class EveryTag:
    def __contains__(self, tag):
        return True


@lru_cache(2000)
def tags(header: str) -> frozenset[str] | EveryTag:
    """The tags of an `If-None-Match`, which compares them weakly (RFC 9110, 13.1.2)."""
    if header.strip() == "*":
        return EveryTag()
    return frozenset(tag.strip().removeprefix("W/") for tag in header.split(","))
