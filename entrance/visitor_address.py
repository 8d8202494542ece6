"""The address that a request comes from, and what of it may be kept."""

import ipaddress
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def visitor_address(request: HttpRequest) -> Address | None:
    return address_in(request.META)


def address_in(environ: dict) -> Address | None:
    """The visitor's address, None where it cannot be told.

    Only what a proxy of ours (TRUSTED_PROXIES) adds at the end of X-Forwarded-For is believed. What stands further
    left was sent by the visitor and could be anything; and so could all of it where no proxy is named.
    """
    peer = parse(environ.get("REMOTE_ADDR", ""))
    proxies = networks(tuple(settings.TRUSTED_PROXIES))
    if not proxies or (peer is not None and not is_one_of(peer, proxies)):
        return peer
    for text in reversed(environ.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        address = parse(text)
        if address is None:
            break
        if not is_one_of(address, proxies):
            return address
    return peer


@lru_cache(8)
def networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """Of "127.0.0.1" or "10.0.0.0/8"; ValueError for what is neither."""
    return tuple(ipaddress.ip_network(text.strip()) for text in texts)


def is_one_of(address: Address, ours: tuple[Network, ...]) -> bool:
    return any(address in network for network in ours)


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
