"""Whom to tell of a hole in the site: `/.well-known/security.txt` (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pages.models import SiteIdentity


@require_safe
def security_txt(request):
    """Made anew each time, so that `Expires` never lies in the past. 404 where nobody is named."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        address = SiteIdentity.objects.values_list("email", flat=True).first()
        if not address:
            raise Http404
        contact = f"mailto:{address}"
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {today + timedelta(days=settings.SECURITY_TXT_DAYS):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        "",
    ]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "max-age=3600"
    return response
