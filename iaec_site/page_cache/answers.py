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
NOT_MODIFIED = "304 Not Modified"
# What Python needs beside the bytes themselves, roughly.
OVERHEAD = 4096
# Of the headers of a 304 those that describe the body are left out (RFC 9110, 15.4.5).
OF_THE_BODY = frozenset(("content-length", "content-type", "content-encoding", "content-disposition", "link"))


class Form:
    """One encoding of an answer: its headers, bytes and tag, ready to be handed to the server."""

    __slots__ = ("body", "etag", "head", "head_not_modified", "headers", "headers_not_modified")

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes, etag: str):
        self.headers = headers
        self.body = [body]
        self.etag = etag
        self.headers_not_modified = [one for one in headers if one[0].lower() not in OF_THE_BODY]
        self.head = head_of(status, headers)
        self.head_not_modified = head_of(NOT_MODIFIED, self.headers_not_modified)


class Answer:
    """`read` are the parameters that the page looked at (a frozenset), None if it looked at the whole address.

    `number` is the generation of the content it was made from, `until` the moment (seconds of the Unix epoch) from
    which on it is no longer right. `made_at`, `withdrawals` and `withdrawn_from` say whether it may be shown although
    it is not: see `page_cache.stale`. Every form is made once, when it is first asked for.
    """

    __slots__ = (
        "body",
        "etag",
        "forms",
        "headers",
        "is_stale",
        "is_text",
        "last_modified",
        "made_at",
        "number",
        "read",
        "stale",
        "status",
        "until",
        "withdrawals",
        "withdrawn_from",
    )

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
        self.made_at = self.withdrawn_from = 0.0
        self.withdrawals = -1
        # Whether this is one that stands in for a right one, and the one that stands in for this.
        self.is_stale = False
        self.stale: Answer | None = None

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
        form = self.forms[encoding] = Form(self.status, headers, body, etag)
        return form

    def send(self, environ: dict, start_response: Callable) -> list[bytes]:
        """By the rules of WSGI: 304 for those who have it, no body for HEAD."""
        get = environ.get
        form = self.form(get("HTTP_ACCEPT_ENCODING", ""))
        if self.is_known(form, get("HTTP_IF_NONE_MATCH"), get("HTTP_IF_MODIFIED_SINCE")):
            start_response(NOT_MODIFIED, form.headers_not_modified)
            return []
        start_response(self.status, form.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else form.body

    def in_one_piece(self, headers: dict[bytes, bytes]) -> tuple[bytes, bytes]:
        """The head in the bytes of HTTP/1.1, still open for further headers, and the body; names in lower case."""
        form = self.form(headers.get(b"accept-encoding", b"").decode("latin-1"))
        tags_known, since = headers.get(b"if-none-match"), headers.get(b"if-modified-since")
        if (tags_known or since) and self.is_known(
            form, None if tags_known is None else tags_known.decode("latin-1"), (since or b"").decode("latin-1")
        ):
            return form.head_not_modified, b""
        return form.head, form.body[0]

    def is_known(self, form: Form, tags_known: str | None, since: str | None) -> bool:
        """Whether who asks has this very form, by the headers `If-None-Match` and `If-Modified-Since`."""
        if not self.etag:
            return False
        if tags_known is not None:
            return form.etag in tags(tags_known)
        # Only the very date that was given counts: see `publishing.feed_response`.
        return bool(since and self.last_modified and parse_http_date_safe(since) == self.last_modified)


def head_of(status: str, headers: list[tuple[str, str]]) -> bytes:
    """Status line and headers as they travel; Django has seen to it that none breaks its line."""
    return "".join([f"HTTP/1.1 {status}\r\n", *(f"{name}: {value}\r\n" for name, value in headers)]).encode("latin-1")


class EveryTag:
    def __contains__(self, tag):
        return True


@lru_cache(2000)
def tags(header: str) -> frozenset[str] | EveryTag:
    """The tags of an `If-None-Match`, which compares them weakly (RFC 9110, 13.1.2)."""
    if header.strip() == "*":
        return EveryTag()
    return frozenset(tag.strip().removeprefix("W/") for tag in header.split(","))
