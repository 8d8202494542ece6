"""Security headers of every answer: strict policies for visitors and the admin, one that CKEditor can live with.

The middleware stands first of all, and sets itself what Django's `SecurityMiddleware` would: an answer that is made
within that one (the 400 for a foreign host on the way to https) would otherwise go out without them. Ready pages keep
the headers that they were made with; `guarded` below is for what breaks outside of Django.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from django.conf import settings

logger = logging.getLogger(__name__)

PUBLIC_POLICY = "; ".join(
    [
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
# The admin draws its icons as data.
ADMIN_POLICY = "; ".join(
    [
        "default-src 'none'",
        "img-src 'self' data: blob:",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    ]
)
# CKEditor 4 needs inline handlers and styles, frames of its own, and shows pasted pictures as data.
EDITOR_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "style-src 'self' 'unsafe-inline'",
        "script-src 'self' 'unsafe-inline'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'self'",
    ]
)
# What a page of ours never asks for, and so no script on it may either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer browsing-topics camera display-capture geolocation gyroscope magnetometer microphone midi "
        "payment publickey-credentials-get screen-wake-lock usb xr-spatial-tracking"
    ).split()
)
BROKEN = b"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Something broke on our side</title>
<h1>Something broke on our side</h1>
<p>It is not your fault, and it has been written down. Please try again in a few minutes.</p>
</html>
"""


def headers_of_all() -> dict[str, str]:
    """The headers that are the same for every answer of this site. A view that sets one itself has the last word."""
    return {
        "Permissions-Policy": PERMISSIONS_POLICY,
        # Pictures that others may show (in a letter read on the web, beside a shared link) say so themselves.
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }


def transport_security() -> str:
    """The value of Strict-Transport-Security (RFC 6797); empty where the site is not served over https."""
    if not settings.SECURE_HSTS_SECONDS:
        return ""
    subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}{preload}"


class SecurityHeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.admin_prefix = f"/{settings.ADMIN_PATH}"
        self.of_all = headers_of_all()
        self.transport_security = transport_security()

    def __call__(self, request):
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", self.policy_for(request, response))
        for name, value in self.of_all.items():
            headers.setdefault(name, value)
        if self.transport_security and request.is_secure():
            headers["Strict-Transport-Security"] = self.transport_security
        if self.is_admin(request):
            headers.setdefault("X-Robots-Tag", "noindex")
        return response

    def is_admin(self, request):
        return request.path_info.startswith(self.admin_prefix)

    def policy_for(self, request, response):
        if not self.is_admin(request):
            return PUBLIC_POLICY
        # Set by the admin of items with rich text, see desk/admin.py.
        policy = EDITOR_POLICY if getattr(response, "shows_rich_text_editor", False) else ADMIN_POLICY
        # Set by pages that show another page of ours in a frame, see newsletter/issue_preview_admin.py.
        return f"{policy}; frame-src 'self'" if getattr(response, "frames_own_page", False) else policy


def headers_outside_of_django() -> dict[str, str]:
    """What an answer carries that no middleware sees."""
    over_https = {"Strict-Transport-Security": transport_security()} if transport_security() else {}
    return {"Cache-Control": "no-store", "Content-Security-Policy": PUBLIC_POLICY, **headers_of_all(), **over_https}


def guarded(application: Callable) -> Callable:
    """A WSGI application whose own failures end in a plain 500 with all headers.

    Django answers for what breaks within it. What breaks before (an address that is no Latin-1, the memory of ready
    pages) would get the web server's bare answer.
    """
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(BROKEN))),
        *headers_outside_of_django().items(),
    ]

    def answer(environ: dict, start_response: Callable) -> Iterable[bytes]:
        try:
            return application(environ, start_response)
        except Exception:
            logger.exception("An answer broke outside of Django")
            start_response("500 Internal Server Error", list(headers))
            return [BROKEN]

    return answer
