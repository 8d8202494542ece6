"""Whether what is told to Prometheus can be asked for, where the settings say that it should be."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

from django.conf import settings

from iaec_site.doctor.findings import Finding, fails, ok, skipped

PATIENCE = 10  # seconds, as Prometheus has them
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked, not bound


def metrics() -> Iterator[Finding]:
    what, address = "metrics", settings.METRICS_ADDRESS
    if address is None:
        yield skipped(what, "off: METRICS_LISTEN is not set")
        return
    headers = {"Authorization": f"Bearer {address.token}"} if address.token else {}
    connection = http.client.HTTPConnection(EVERYWHERE.get(address.host, address.host), address.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/metrics", headers=headers)
        answer = connection.getresponse()
        has_ours = b"\niaec_http_requests_total{" in answer.read()
    except (OSError, http.client.HTTPException) as error:
        remedy = "systemctl reload iaec-web, and look in its log: another program may have the address."
        yield fails(what, f"{address}: {error or type(error).__name__}", remedy)
        return
    finally:
        connection.close()
    if has_ours:
        yield ok(what, f"told at http://{address}/metrics{' to who has the token' if address.token else ''}")
    else:
        yield fails(
            what,
            f"{address} answers {answer.status}, without ours",
            "Another program has the address: choose another.",
        )
