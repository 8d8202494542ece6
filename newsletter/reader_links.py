"""The links in a reader's letters. Each serves one purpose and one person, by a token of 256 random bits.

They hold no word of the letter that they stand in, so a letter may change as it likes.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def leaving_url(language: str, token: str) -> str:
    """Leaves the list: by the button on its page, or by the mail program's own (see `one_click_headers`)."""
    return link("leave", language, token)


def preferences_url(language: str, token: str) -> str:
    """The reader's own page: choices, data, erasure."""
    return link("preferences", language, token)


def link(name: str, language: str, token: str) -> str:
    with override(language):
        return settings.SITE_URL + reverse(f"newsletter:{name}", kwargs={"token": token})


def one_click_headers(url: str) -> dict[str, str]:
    """The mail program's own button (RFC 2369), which may leave with one click where the link is secure (RFC 8058).

    Both have to be among the fields that DKIM signs (RFC 8058, section 4): a signer names them in its `h=`.
    """
    headers = {"List-Unsubscribe": f"<{url}>"}
    if url.startswith("https:"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
