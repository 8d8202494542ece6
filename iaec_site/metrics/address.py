"""Where metrics are told: nowhere, or at an address that the public does not reach."""

from __future__ import annotations

from ipaddress import ip_address
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured

from iaec_site.listening import join_address, split_address

SHORTEST_TOKEN = 16  # letters


class MetricsAddress(NamedTuple):
    """`token` is what the one who asks has to know; empty on this machine alone."""

    host: str
    port: int
    token: str

    def __str__(self):
        return join_address(self.host, self.port)


def metrics_address(listen: str, token: str) -> MetricsAddress | None:
    """As METRICS_LISTEN and METRICS_TOKEN have it; None where metrics are off.

    Raises ImproperlyConfigured for what is no address, and for one that others can reach without a token.
    """
    if not listen:
        return None
    try:
        host, port = split_address(listen)
        address = ip_address(host)
    except ValueError:
        # No names: what they lead to may change, and may be public.
        raise ImproperlyConfigured(
            f"METRICS_LISTEN is “{listen}”; it is an address of this machine and a port, such as 127.0.0.1:9100."
        ) from None
    if token and len(token) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(f"METRICS_TOKEN is shorter than {SHORTEST_TOKEN} letters: it could be guessed.")
    if not address.is_loopback and not token:
        raise ImproperlyConfigured(
            f"METRICS_LISTEN is “{listen}”, which other machines can reach. Use 127.0.0.1:{port}, or set "
            "METRICS_TOKEN, which Prometheus then has to send (docs/operate.md)."
        )
    return MetricsAddress(host, port, token)
