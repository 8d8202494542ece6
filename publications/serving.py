"""A document as it is sent: whole or in part (RFC 9110), unchanged, and never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from publications.documents import Document

MEDIA_TYPE = "application/pdf"
CHUNK = 64 * 1024
# One part alone: who asks for several gets the whole file, which the standard allows.
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def pdf_response(
    request: HttpRequest, document: Document, *, filename: str, changed_at: float, language: str = ""
) -> HttpResponse:
    """The file, a part of it, or 304 for those who have it. `changed_at` is in seconds of the Unix epoch.

    Raises Http404 where the storage has lost the file.
    """
    etag, changed_at = f'"{document.digest[:32]}"', int(changed_at)
    response = get_conditional_response(request, etag=etag, last_modified=changed_at, response=HttpResponse())
    if response.status_code == 200:
        part = wanted_part(request, document.size, etag, changed_at)
        response = refused_part(document.size) if part is None else sent(request, document, *part)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed_at)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if language:
        response.headers["Content-Language"] = language
    return response


def wanted_part(request: HttpRequest, size: int, etag: str, changed_at: int) -> tuple[int, int] | None:
    """The first byte and that after the last one; (0, size) for the whole file, None for a part that there is not."""
    match = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or not match or match.group() == "bytes=-":
        return 0, size
    known = request.headers.get("If-Range")
    if known and known != etag and parse_http_date_safe(known) != changed_at:
        return 0, size
    # More digits than a file has bytes mean its end, and would take long to read as a number.
    first, last = (int(text[:15]) if text else None for text in match.groups())
    if first is None:
        return (max(0, size - last), size) if last else None
    end = size if last is None else min(last + 1, size)
    return (first, end) if first < end else None


def refused_part(size: int) -> HttpResponse:
    return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})


def sent(request: HttpRequest, document: Document, first: int, end: int) -> HttpResponse:
    if request.method == "HEAD":
        if not default_storage.exists(document.file.name):
            raise Http404
        response = HttpResponse(content_type=MEDIA_TYPE)
    else:
        try:
            file = default_storage.open(document.file.name)
        except FileNotFoundError:
            raise Http404 from None
        response = StreamingHttpResponse(pieces(file, first, end), content_type=MEDIA_TYPE)
        response._resource_closers.append(file.close)
    if (first, end) != (0, document.size):
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {first}-{end - 1}/{document.size}"
    response.headers["Content-Length"] = str(end - first)
    return response


def pieces(file: BinaryIO, first: int, end: int) -> Iterator[bytes]:
    file.seek(first)
    left = end - first
    while left and (piece := file.read(min(CHUNK, left))):
        left -= len(piece)
        yield piece
