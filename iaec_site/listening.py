"""May we listen at this address? Asked before any long work, so a taken port is told at once.

Only the standard library: `make run` asks before the virtual environment exists.
"""

import errno
import socket
import sys


def split_address(address: str) -> tuple[str, int]:
    """`host:port`, `[::1]:port` or a bare port."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f"“{port}” is not a port. Give a number from 1 to 65535, for example: make run PORT=8001")
    return host, int(port)


def join_address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def why_not(host: str, port: int) -> str:
    """One line for people, or an empty string when we may listen."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # Without it, connections of a site stopped a moment ago would count as "taken".
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except socket.gaierror:
        return f"“{host}” is not an address of this machine. Try: make run HOST=127.0.0.1"
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return (
                f"Port {port} on {host} is taken by another program. Choose another: make run PORT={port % 65535 + 1}"
            )
        if error.errno == errno.EACCES:
            return f"Port {port} is reserved for the administrator. Choose one above 1023: make run PORT=8000"
        if error.errno == errno.EADDRNOTAVAIL:
            return f"“{host}” is not an address of this machine. Try: make run HOST=127.0.0.1"
        return f"Cannot listen on {join_address(host, port)}: {error.strerror}."
    return ""


if __name__ == "__main__":
    try:
        reason = why_not(*split_address(sys.argv[1]))
    except ValueError as error:
        reason = str(error)
    sys.exit(reason or 0)
