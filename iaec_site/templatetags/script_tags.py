"""Scripts with the digest of their bytes: a browser runs nothing else under their name (Subresource Integrity)."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def script(name):
    """A `<script defer>` for a static file; without a digest where the file cannot be read."""
    address = static(name)
    digest = digest_of(name, address)
    if not digest:
        return format_html('<script src="{}" defer></script>', address)
    return format_html('<script src="{}" integrity="{}" defer></script>', address, digest)


@lru_cache(200)
def digest_of(name: str, address: str) -> str:
    """`sha384-…` of the bytes that this address gives. The address has the file's fingerprint, so it may be kept."""
    try:
        path = Path(staticfiles_storage.path(address.removeprefix(staticfiles_storage.base_url)))
        if not path.is_file():
            path = Path(finders.find(name) or path)
        return "sha384-" + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()
    except (OSError, ValueError, NotImplementedError):
        return ""
