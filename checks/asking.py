"""Asks another site whether a page is there: politely, in little time, and never within our own network.

Whoever writes a link chooses where the server of the site sends a request. So the name is looked up here, each of its
addresses has to be one of the public Internet, and the connection goes to the very address that was looked at: a name
that means something else a moment later gains nothing. The same holds for every step of a redirect.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

TIME_LIMIT = 10.0  # seconds without a word
LIMIT_IN_ALL = 20.0  # seconds for one answer
MOST_REDIRECTS = 5
PAUSE = 2.0  # between two requests to the same host
PORTS = {80, 443}
# A page that is there, and not for everybody.
CLOSED = {401, 403, 407, 429, 451, 999}
HEAD_IS_NO_ANSWER = 400


class Refused(Exception):
    """An address that is not asked for; the text says why."""


@dataclass(frozen=True)
class Answer:
    status: int | None
    problem: str = ""


def ask(address: str, before_request: Callable[[str], None] = lambda host: None) -> Answer:
    """Follows redirects to the end. `before_request` is told each host, and may wait."""
    try:
        for _step in range(MOST_REDIRECTS + 1):
            status, reason, location = answer_of(address, before_request)
            if status in (301, 302, 303, 307, 308) and location:
                address = urljoin(address, location)
                continue
            if status < 400 or status in CLOSED:
                return Answer(status)
            return Answer(status, f"{status} {reason}"[:200])
        return Answer(None, "too many redirects")
    except Refused as refused:
        return Answer(None, str(refused))
    except TimeoutError:
        return Answer(None, "no answer in time")
    except ssl.SSLCertVerificationError as error:
        return Answer(None, f"certificate: {error.verify_message}"[:200])
    except socket.gaierror:
        return Answer(None, "there is no such host")
    except ConnectionRefusedError:
        return Answer(None, "nobody answers there")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(None, (str(error) or type(error).__name__)[:200])


def answer_of(address: str, before_request) -> tuple[int, str, str | None]:
    """(status, reason, where a redirect leads). HEAD first; many servers answer only GET well."""
    status, reason, location = request("HEAD", address, before_request)
    if status >= HEAD_IS_NO_ANSWER:
        return request("GET", address, before_request)
    return status, reason, location


def request(method: str, address: str, before_request) -> tuple[int, str, str | None]:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("no address of the web")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = looked_up(parts.hostname, port)
    before_request(parts.hostname)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    )
    connection = Pinned(parts.hostname, port, place, encrypted=parts.scheme == "https")
    # The limit of a socket is one for each byte that comes; who sends a byte now and then could hold us for hours.
    cut_off = threading.Timer(LIMIT_IN_ALL, connection.cut)
    cut_off.start()
    try:
        connection.request(method, path, headers={"User-Agent": user_agent(), "Accept": "*/*", "Connection": "close"})
        response = connection.getresponse()  # of the body, nothing is read
        return response.status, response.reason, response.headers.get("Location")
    except (OSError, http.client.HTTPException):
        if connection.is_cut:
            raise TimeoutError from None
        raise
    finally:
        cut_off.cancel()
        connection.close()


def looked_up(host: str, port: int) -> tuple:
    """(family, address) to connect to; raises Refused where one of the host's addresses is not a public one."""
    if port not in PORTS and not settings.CHECK_PRIVATE_ADDRESSES:
        raise Refused(f"port {port} is not asked")
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for _family, _type, _protocol, _name, place in found:
        if not settings.CHECK_PRIVATE_ADDRESSES and not is_public(place[0]):
            raise Refused("not an address of the public Internet")
    family, _type, _protocol, _name, place = found[0]
    return family, place


def is_public(address: str) -> bool:
    number = ipaddress.ip_address(address.partition("%")[0])
    # An IPv4 address may be wrapped into an IPv6 one (mapped, 6to4, Teredo, NAT64), and then means the wrapped one.
    if number.version == 6:
        teredo = number.teredo
        wrapped = [number.ipv4_mapped, number.sixtofour, *(teredo or ())]
        if number in ipaddress.ip_network("64:ff9b::/96"):
            wrapped.append(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF))
        if any(inner is not None and not is_public(str(inner)) for inner in wrapped):
            return False
        if number.ipv4_mapped is not None:
            return True
    return number.is_global and not number.is_multicast


def user_agent() -> str:
    return f"EducatingCitiesLinkCheck/1.0 (+{settings.SITE_URL})"


class Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at, under the name of its host. No proxy is asked."""

    is_cut = False

    def __init__(self, host, port, place, *, encrypted):
        self.place, self.encrypted, self.name = place, encrypted, host
        self.default_port = 443 if encrypted else 80  # so that `Host` names no usual port
        super().__init__(host, port, timeout=TIME_LIMIT)

    def connect(self):
        family, place = self.place
        self.sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            self.sock.settimeout(self.timeout)
            self.sock.connect(place)
            if self.encrypted:
                self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.name)
        except BaseException:
            self.sock.close()
            raise

    def cut(self):
        self.is_cut = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


class Patience:
    """Waits between two requests to one host. Requests come one after the other, so none is asked twice at a time."""

    def __init__(self, pause: float = PAUSE, sleep=time.sleep, clock=time.monotonic):
        self.pause, self.sleep, self.clock = pause, sleep, clock
        self.last: dict[str, float] = {}

    def __call__(self, host: str) -> None:
        due = self.last.get(host, -self.pause) + self.pause
        if (wait := due - self.clock()) > 0:
            self.sleep(wait)
        self.last[host] = self.clock()
