"""Lists as data: CSV (RFC 4180) and JSON, under addresses that stay. What is in them comes from the apps.

A download of everything is written while it is sent, so that its memory does not grow with the list; that it is as it
was is known before the first row is read.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

CSV = "text/csv; charset=utf-8; header=present"
JSON = "application/json; charset=utf-8"
# To be raised whenever what is written for the same rows changes.
FORM = 1
# What programs for tables take for a formula, also behind a blank.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BETWEEN = "; "


@dataclass(frozen=True)
class Licence:
    """Under which terms the data may be used, and whom to name."""

    name: str
    url: str
    attribution: str

    def as_json(self) -> dict[str, str]:
        return {"name": self.name, "url": self.url, "attribution": self.attribution}


@dataclass(frozen=True)
class Source:
    """From whom others some of the data come, and under which terms: they have to be named, too."""

    name: str
    url: str
    licence: str
    licence_url: str
    columns: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "url": self.url,
            "licence": {"name": self.licence, "url": self.licence_url},
            "columns": list(self.columns),
        }


def licence(attribution: str) -> Licence:
    """The site's, with the name of whoever publishes the data."""
    return Licence(settings.DATA_LICENCE_NAME, settings.DATA_LICENCE_URL, attribution)


def cell(value: Any) -> str:
    """A value as text that no program for tables will run: a quote stands before what looks like a formula."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = BETWEEN.join(map(str, value))
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def csv_lines(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """A header, then a line for each row; numbers stay numbers, all else is guarded."""
    writer = csv.writer(_Echo())
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([value if isinstance(value, int | float) else cell(value) for value in row])


class _Echo:
    """Gives back what the csv module writes."""

    def write(self, line: str) -> bytes:
        return line.encode()


def json_page(
    items: list[Any],
    *,
    page,
    addresses: dict[int, str],
    title: str,
    page_url: str,
    licence: Licence,
    sources: Iterable[Source] = (),
) -> bytes:
    """A page of a list as JSON, with what it is and the ways to its neighbours.

    `page` is Django's; `addresses` are the absolute ones of the first page, the last, and those beside this one.
    """
    paginator = page.paginator
    document = {
        "title": title,
        "page_url": page_url,
        "licence": licence.as_json(),
        **({"sources": [source.as_json() for source in sources]} if sources else {}),
        "total": paginator.count,
        "page": page.number,
        "pages": paginator.num_pages,
        "per_page": paginator.per_page,
        "first": addresses[1],
        "last": addresses[paginator.num_pages],
        "previous": addresses[page.number - 1] if page.has_previous() else None,
        "next": addresses[page.number + 1] if page.has_next() else None,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def page_numbers(page) -> set[int]:
    """The pages that the page of a list names."""
    beside = {page.number - 1} if page.has_previous() else set()
    return beside | {1, page.paginator.num_pages} | ({page.number + 1} if page.has_next() else set())


def links_of(page, addresses: dict[int, str], licence: Licence) -> str:
    """The `Link` header (RFC 8288): licence, first, last, and the pages beside this one."""
    links = [(licence.url, "license"), (addresses[1], "first"), (addresses[page.paginator.num_pages], "last")]
    if page.has_previous():
        links.append((addresses[page.number - 1], "prev"))
    if page.has_next():
        links.append((addresses[page.number + 1], "next"))
    return ", ".join(f'<{address}>; rel="{name}"' for address, name in links if address)


def etag_of(*parts: Any) -> str:
    """A tag from whatever the content follows from."""
    return f'"{hashlib.sha256(repr((FORM, *parts)).encode()).hexdigest()[:32]}"'


def streamed(request: HttpRequest, lines: Iterable[bytes], *, etag: str, filename: str, link: str) -> HttpResponse:
    """A CSV file, or 304 for those who have it: then no line of it is made."""
    response: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(lines, content_type=CSV)
    response = get_conditional_response(request, etag=etag, response=response)
    # What was sent compressed carries the same tag as a weak one and is confirmed by it.
    weak = f"W/{etag}"
    known_as_weak = response.status_code == 304 and weak in request.headers.get("If-None-Match", "")
    response.headers["ETag"] = weak if known_as_weak else etag
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Link"] = link
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
