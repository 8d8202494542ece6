"""Addresses that must not be written to by mistake, known by a keyed hash only.

The list keeps an address out of what others do: an import, a copy of an old list. Its owner comes back the way
everybody comes in, by a form and the link in a letter; that takes the address off the list. See docs/decisions/0028.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import salted_hmac

from newsletter.models import Suppressed

# Parameters of one query, below the least that a database allows.
PORTION = 500


def suppress(email: str, reason: str) -> None:
    """The first reason stays, unless the reader wished to be erased: that one counts more."""
    entry, is_new = Suppressed.objects.get_or_create(digest=digest_of(email), defaults={"reason": reason})
    if not is_new and reason == Suppressed.Reason.ERASED and entry.reason != reason:
        Suppressed.objects.filter(pk=entry.pk).update(reason=reason)


def release(email: str) -> None:
    """The owner of the address confirmed that letters are wanted again."""
    Suppressed.objects.filter(digest__in=digests_of(email)).delete()


def is_suppressed(email: str) -> bool:
    return Suppressed.objects.filter(digest__in=digests_of(email)).exists()


def suppressed_among(emails: Iterable[str]) -> set[str]:
    """Those of the addresses that are on the list, in a few queries."""
    by_digest = {digest: email for email in emails for digest in digests_of(email)}
    digests = list(by_digest)
    found = set()
    for start in range(0, len(digests), PORTION):
        rows = Suppressed.objects.filter(digest__in=digests[start : start + PORTION])
        found.update(by_digest[digest] for digest in rows.values_list("digest", flat=True))
    return found


def digest_of(email: str, key: str | None = None) -> str:
    """Not to be undone without the site's key; upper and lower case are one address, as in `Subscriber.email`."""
    return salted_hmac("newsletter.suppression", email.lower(), secret=key, algorithm="sha256").hexdigest()


def digests_of(email: str) -> list[str]:
    """By the site's key and by those it had before (SECRET_KEY_FALLBACKS)."""
    return [digest_of(email, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
