"""How a feed is sent: to programs that come back every hour and should hear at little cost that all is as it was."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
# Seconds. Choices have more addresses than anybody reads, so none is remembered for ever.
REMEMBERED = 30 * 24 * 60 * 60


def feed_response(
    request: HttpRequest, body: bytes, content_type: str, *, address: str, filename: str = ""
) -> HttpResponse:
    """The feed, or 304 for those who have it. `address` is the feed's own, in its one spelling.

    `filename` makes it a file to be saved.
    """
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    since = last_change(address, etag)
    asked = request.headers.get("If-Modified-Since")
    # Only the very date that we gave counts, as nginx has it: see `last_change`.
    comparable = since if asked is None or parse_http_date_safe(asked) == since else None
    response = HttpResponse(body, content_type=content_type)
    response = get_conditional_response(request, etag=etag, last_modified=comparable, response=response)
    # What was sent compressed carries the same tag as a weak one (see `GZipMiddleware`) and is confirmed by it.
    weak = f"W/{etag}"
    known_as_weak = response.status_code == 304 and weak in request.headers.get("If-None-Match", "")
    response.headers["ETag"] = weak if known_as_weak else etag
    if since is not None:
        response.headers["Last-Modified"] = http_date(since)
    if filename:
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    # Everybody may show them, also on pages of their own; search engines keep the pages themselves.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def last_change(address: str, etag: str) -> int | None:
    """The second (of the Unix epoch) since which a feed has been as it is now, as far as anybody here remembers.

    Not worked out from the rows: a deleted one leaves no trace, and what is printed in a feed changes for many other
    reasons (a city gets its coordinates, a moment passes, a new version of the site says something differently). So
    the cache remembers what was sent from an address and since when. If it forgets, or another process remembers
    another moment, a reader that knows dates only gets the feed once more; a change it never misses.

    None while the second is not over in which the feed changed twice: one date would stand for two feeds.
    """
    key = "feed:" + hashlib.sha256(address.encode()).hexdigest()
    now = int(timezone.now().timestamp())
    known, since = cache.get(key, ("", 0))
    if known != etag:
        since = max(now, since + 1)
        cache.set(key, (etag, since), timeout=REMEMBERED)
    return since if since <= now else None
