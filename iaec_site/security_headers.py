"""Security headers: strict policies for visitors' pages and for the admin, and one that CKEditor can live with."""

from django.conf import settings

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
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class SecurityHeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.admin_prefix = f"/{settings.ADMIN_PATH}"

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy_for(request, response))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Pictures that others may show (in a letter read on the web, beside a shared link) say so themselves.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if self.is_admin(request):
            response.headers.setdefault("X-Robots-Tag", "noindex")
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
