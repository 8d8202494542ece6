"""Did a form of ours send this request? The answer without a cookie, so that pages with forms stay public.

A page of another site can make its visitor's browser post here, but cannot choose these headers.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_from_our_site(request: HttpRequest) -> bool:
    ours = {request.get_host().lower(), urlsplit(settings.SITE_URL).netloc.lower()}
    origin = request.headers.get("Origin", "")
    # Browsers say "null" where they keep the origin to themselves; then the other headers have to tell.
    if origin and origin != "null":
        return host_of(origin) in ours
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in ("same-origin", "none")
    return host_of(request.headers.get("Referer", "")) in ours


def source_path(request: HttpRequest) -> str:
    """The path of the page whose form was sent, without its query; "" where the browser does not say."""
    referer = request.headers.get("Referer", "")
    return urlsplit(referer).path if host_of(referer) == request.get_host().lower() else ""


def host_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in ("http", "https") else ""
