"""The socket to listen at: one that systemd has opened, or one of our own."""

from __future__ import annotations

import os
import socket

FIRST = 3  # descriptors that systemd hands over begin here: sd_listen_fds(3)
BACKLOG = 2048  # connections that wait for being accepted


def from_systemd() -> list[socket.socket]:
    """Those that were handed over to this very process."""
    if os.environ.pop("LISTEN_PID", "") != str(os.getpid()):
        return []
    os.environ.pop("LISTEN_FDNAMES", None)
    return [socket.socket(fileno=FIRST + number) for number in range(int(os.environ.pop("LISTEN_FDS", "0")))]


def of_our_own(host: str, port: int) -> socket.socket:
    """Raises OSError where it cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def tell_systemd(text: str) -> None:
    """sd_notify(3); nothing where nobody wants to know."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if where:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.connect("\0" + where[1:] if where.startswith("@") else where)
            to.sendall(text.encode())
