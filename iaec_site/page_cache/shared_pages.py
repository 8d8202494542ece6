"""Which addresses answer everybody alike, told from their views before Django is asked."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

from iaec_site.address_language import language_of_path
from pictures.views import library_picture

# Beside the pages of `public_page`.
OTHERS = frozenset(("front_door",))


def nothing() -> None:
    """Stands for the view of an address that does not exist."""


def shared_view(path: str) -> Callable | None:
    """The view of a page for visitors, `nothing` for what does not exist; None for the staff's, letters' and files."""
    if path.startswith((f"/{settings.ADMIN_PATH}", settings.STATIC_URL, settings.MEDIA_URL)):
        return None
    try:
        text = path.encode("latin-1").decode()
    except UnicodeError:
        return None
    with override(language_of_path(text) or settings.LANGUAGE_CODE):
        try:
            match = resolve(text)
        except Resolver404:
            return nothing
    if getattr(match.func, "is_public_page", False) or match.func is library_picture or match.url_name in OTHERS:
        return match.func
    return None
