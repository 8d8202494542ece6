"""The address that a request comes from, and what of it may be kept."""

import ipaddress

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def visitor_address(request: HttpRequest) -> Address | None:
    """The visitor's address, None where it cannot be told.

    A peer within our own network is a proxy, and what it adds at the end of X-Forwarded-For is true.
    What stands further left was sent by the visitor and could be anything.
    """
    peer = parse(request.META.get("REMOTE_ADDR", ""))
    if peer is not None and not peer.is_private:
        return peer
    for text in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        address = parse(text)
        if address is None:
            break
        if not address.is_private:
            return address
    return peer


def network_of(address: Address) -> str:
    """What one household or one office has for itself: a provider's customer gets a whole IPv6 prefix."""
    prefix = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network((address, prefix), strict=False))


def hash_of(address: Address | None) -> str:
    """Tells whether two sign-ups came from one address, without keeping it; not to be undone without our key."""
    if address is None:
        return ""
    return salted_hmac("newsletter.visitor_address", str(address), algorithm="sha256").hexdigest()


def parse(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
