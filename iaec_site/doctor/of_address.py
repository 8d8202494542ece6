"""The site as visitors reach it, through the proxy: https, certificate, what the proxy passes on, headers, clock.

Asked is only what SITE_URL names, and only if that is this machine: there is no traffic to anywhere else.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from iaec_site.doctor.findings import Finding, fails, ok, skipped, warning
from iaec_site.doctor.of_database import compared
from iaec_site.security_headers import headers_of_all

PATIENCE = 5  # seconds for an answer
HTTP_PORT = 80
SOON, DAY = 14, 86_400
PROXY = "Compare the proxy's configuration with deploy/nginx.conf (or deploy/Caddyfile)."
WANTED = ("Content-Security-Policy", "Strict-Transport-Security", *headers_of_all())


class Heard(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    text: str
    certificate: dict


def is_own(host: str) -> bool:
    """Whether a name leads to this machine: only to what is its own can a socket be bound."""
    for family, kind, protocol, _, address in socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM):
        with socket.socket(family, kind, protocol) as probe:
            try:
                probe.bind(address)
            except OSError:
                return False
    return True


def ask(scheme: str, host: str, port: int, path: str, **headers) -> Heard:
    if scheme == "https":
        connection = http.client.HTTPSConnection(host, port, timeout=PATIENCE, context=ssl.create_default_context())
    else:
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.connect()
        certificate = connection.sock.getpeercert() if scheme == "https" else {}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Heard(answer.status, answer.headers, answer.read(65_536).decode("utf-8", "replace"), certificate)
    finally:
        connection.close()


def own_address() -> Iterator[Finding]:
    what, url = "own address", urlsplit(settings.SITE_URL)
    if not settings.PRODUCTION:
        yield skipped(what, "PRODUCTION is off: there may be neither proxy nor certificate")
        return
    try:
        if not is_own(url.hostname):
            yield skipped(what, f"{url.hostname} leads to another machine, which is not asked")
            return
    except OSError as error:
        yield fails(
            what, f"{url.hostname} is not known: {error.strerror}", "Correct SITE_URL, or the name's DNS entry."
        )
        return
    port = url.port or (443 if url.scheme == "https" else HTTP_PORT)
    try:
        yield from through_the_proxy(url.scheme, url.hostname, port)
        if url.scheme == "https" and not url.port:
            yield from redirected_to_https(url.hostname)
    except ssl.SSLCertVerificationError as error:
        yield fails("certificate", error.verify_message, "Renew it (certbot renew), or give the proxy the full chain.")
    except (OSError, http.client.HTTPException) as error:
        yield fails(what, f"{settings.SITE_URL}: {error or type(error).__name__}", f"Start the proxy. {PROXY}")


def through_the_proxy(scheme: str, host: str, port: int) -> Iterator[Finding]:
    ready = ask(scheme, host, port, "/readyz")
    if ready.status == 200:
        yield ok("own address", f"{settings.SITE_URL} answers and is ready")
    else:
        words = " ".join(ready.text.split())[:120] if ready.status == 503 else ""
        yield fails("own address", f"/readyz answers {ready.status} {words}", f"systemctl status iaec-web. {PROXY}")
        return
    if ready.certificate:
        yield days_of(ready.certificate)
    if date := ready.headers.get("Date"):
        yield compared("clock of the web server", parsedate_to_datetime(date).timestamp() + 0.5 - time.time())
    robots = ask(scheme, host, port, "/robots.txt")
    wanted = f"Sitemap: {settings.SITE_URL}/sitemap.xml"
    said = next((line for line in robots.text.splitlines() if line.startswith("Sitemap:")), f"{robots.status}")
    if said == wanted:
        yield ok("scheme and host", "the site hears both from the proxy")
    else:
        remedy = f"The proxy has to pass on Host and to set X-Forwarded-Proto. {PROXY}"
        yield fails("scheme and host", f"asked by its address, the site says “{said}”", remedy)
    if scheme == "https":
        forged = ask(scheme, host, port, "/robots.txt", **{"X-Forwarded-Proto": "http"})
        if forged.status != 200:
            yield fails("forged scheme", "the proxy passes on a visitor's X-Forwarded-Proto", PROXY)
        else:
            yield ok("forged scheme", "a visitor's X-Forwarded-Proto is not passed on")
    lacking = [name for name in WANTED if not robots.headers.get(name)]
    if scheme != "https":
        lacking = [name for name in lacking if name != "Strict-Transport-Security"]
        yield warning("https", "SITE_URL is not https", "Get a certificate (certbot, or Caddy by itself).")
    twice = [name for name in WANTED if len(robots.headers.get_all(name) or ()) > 1]
    if lacking or twice:
        yield fails("security headers", f"lacking: {lacking or 'none'}; twice: {twice or 'none'}", PROXY)
    else:
        yield ok("security headers", f"{len(WANTED)} arrive, each once")


def days_of(certificate: dict) -> Finding:
    left = (ssl.cert_time_to_seconds(certificate["notAfter"]) - time.time()) / DAY
    if left < SOON:
        return warning("certificate", f"ends in {left:.0f} days", "Renew it: certbot renew; look at its timer.")
    return ok("certificate", f"good for {left:.0f} days")


def redirected_to_https(host: str) -> Iterator[Finding]:
    # Whoever says they came by https and did not must not be believed.
    plain = ask("http", host, HTTP_PORT, "/robots.txt", **{"X-Forwarded-Proto": "https"})
    where = plain.headers.get("Location", "")
    if plain.status in {301, 308} and where == f"https://{host}/robots.txt":
        yield ok("from http", "leads to https for good")
    else:
        yield fails("from http", f"answers {plain.status} {where}", f"Redirect all of http by 301. {PROXY}")
