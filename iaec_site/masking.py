"""Takes out of log lines, and of what commands print, what nobody should find there later.

Passwords within addresses of servers; e-mail addresses; and what follows in addresses of pages that are their own key:
links of readers, of drafts, of invitations and forgotten passwords.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.utils.translation import override, pgettext

from iaec_site.error_reports import CREDENTIALS

HIDDEN = "***"
MAIL_ADDRESS = re.compile(r"[\w.!#$%&+=?^`|~-]+@(?=[\w-]+(?:\.[\w-]+)*)")
# What stands before a key, as the URLconf has it: words of addresses that are translated, and others that are not.
# The URLconf itself is not asked, as a line may be written while it is being read; tests/iaec_site/test_masking.py
# compares.
BEFORE_KEYS = (("newsletter/", "confirm/"), ("newsletter/", "leave/"), ("newsletter/", "preferences/"))
BEFORE_KEYS_UNTRANSLATED = ("draft/", f"{settings.ADMIN_PATH}invitation/", f"{settings.ADMIN_PATH}new-password/")


@lru_cache(1)
def keyed_addresses() -> re.Pattern:
    """In whatever language they are, and however they are written."""
    found = set(BEFORE_KEYS_UNTRANSLATED)
    for code, _ in settings.LANGUAGES:
        with override(code):
            found.update("".join(pgettext("address", word) for word in words) for words in BEFORE_KEYS)
    spelt = {
        spelling for plain in found for spelling in (plain, quote(plain), plain.encode("unicode_escape").decode())
    }
    return re.compile(f"(/(?:{'|'.join(map(re.escape, sorted(spelt)))}))[^\\s?\"'<>]+", re.IGNORECASE)


def without_keys(path: str) -> str:
    return keyed_addresses().sub(rf"\1{HIDDEN}", path)


def masked(text: str) -> str:
    text = MAIL_ADDRESS.sub(f"{HIDDEN}@", CREDENTIALS.sub(rf"\g<scheme>{HIDDEN}@", text))
    # Before that there are no translations, and no requests either.
    return without_keys(text) if apps.ready else text
