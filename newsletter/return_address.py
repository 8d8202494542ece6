"""Which delivery a report about a letter speaks of: signs of ours in what mail servers give back.

A letter leaves with an envelope sender of its own (variable envelope return paths, RFC 5321 4.4 and 3.6.3) where
`BOUNCE_ADDRESS` is set, and always with a Message-ID of its own. Both hold the delivery's number and a keyed hash of
it: nobody can make one for another reader's letter, so a report is believed as far as it bears one.
"""

from __future__ import annotations

import re
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SIGNATURE_LENGTH = 16
# `d12.0123456789abcdef@` in a Message-ID and `bounces+12-0123456789abcdef@` in a return path. Some servers change the
# case of what stands before the @. No bigger number than a row can have.
MARK = re.compile(
    rf"(?<![\w.-])(?:d(?P<d>[1-9]\d{{0,18}})\.|[\w.-]{{1,40}}\+(?P<b>[1-9]\d{{0,18}})-)(?P<sign>[0-9a-f]{{{SIGNATURE_LENGTH}}})@",
    re.ASCII | re.IGNORECASE,
)


def envelope_sender(delivery_id: int) -> str:
    """The bare address that a letter comes from on its way (`MAIL FROM`), where its bounces go.

    Without BOUNCE_ADDRESS, or with one without a domain, the sender's own.
    """
    local, at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    if not at:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return f"{local}+{delivery_id}-{signature(delivery_id)}@{domain}"


def message_id(delivery_id: int) -> str:
    """The letter's Message-ID with its brackets (RFC 5322, 3.6.4), the same at every attempt."""
    host = settings.BOUNCE_ADDRESS.rpartition("@")[2] or urlsplit(settings.SITE_URL).hostname or "localhost"
    # An IPv6 address would have to stand in brackets of its own.
    return f"<d{delivery_id}.{signature(delivery_id)}@{'localhost' if ':' in host else host}>"


def delivery_of(text: str) -> int | None:
    """The delivery that an address, a Message-ID or any longer text names; None where it bears no sign of ours.

    The first that is truly ours counts; there may be others before it.
    """
    for found in MARK.finditer(text):
        number = int(found["d"] or found["b"])
        if is_ours(number, found["sign"].lower()):
            return number
    return None


def signature(number: int, key: str | None = None) -> str:
    mac = salted_hmac("newsletter.return_address", str(number), secret=key, algorithm="sha256")
    return mac.hexdigest()[:SIGNATURE_LENGTH]


def is_ours(number: int, sign: str) -> bool:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(signature(number, key), sign) for key in keys)
