"""The web server on a port of this machine, and a browser's end of a connection that can misbehave."""

import re
import socket
import threading
import time
from contextlib import contextmanager
from typing import NamedTuple

import uvicorn

from iaec_site.web_server import OPTIONS
from iaec_site.web_server.bridge import Bridge
from iaec_site.web_server.ready_pages import ReadyPagesProtocol


@contextmanager
def serving(wsgi_application, page_cache=None, threads=2, counts=None):
    """Yields the port. `wsgi_application` is asked for what `page_cache` has not ready; `counts` are added to."""
    found = {"page_cache": page_cache or NothingReady(), "counts": counts}
    protocol = type("Protocol", (ReadyPagesProtocol,), found)
    bridge = Bridge(wsgi_application, threads)
    bridge.counts = counts
    config = uvicorn.Config(bridge, host="127.0.0.1", port=0, http=protocol, **OPTIONS)
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(15)
        listening.close()


class NothingReady:
    scheme_header_name = b""

    def is_of_staff(self, cookie):
        return False

    def scheme(self, forwarded, own):
        return own

    def ready(self, page, query):
        return None


class Heard(NamedTuple):
    status: int
    headers: dict
    body: bytes


class Connection:
    """Sends what it is told to, byte for byte, and reads answers of HTTP/1.1 one after the other."""

    def __init__(self, port, timeout=10):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def get(self, address, *headers, method="GET", host="testserver"):
        lines = [f"{method} {address} HTTP/1.1", f"Host: {host}", *headers]
        self.send("\r\n".join([*lines, "", ""]).encode())
        return self.answer(has_body=method != "HEAD")

    def answer(self, *, has_body=True):
        head = self.until(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) if ": " in line else (line, "") for line in lines)
        status = int(re.fullmatch(r"HTTP/1\.1 (\d{3}) .*", status)[1])
        if not has_body or status == 304:
            return Heard(status, headers, b"")
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self.until(b"\r\n"), 16):
                body += self.exactly(size + 2)[:-2]
            self.exactly(2)
            return Heard(status, headers, body)
        return Heard(status, headers, self.exactly(int(headers["content-length"])))

    def until(self, end):
        while end not in self.rest:
            self.read_more()
        found, self.rest = self.rest.split(end, 1)
        return found

    def exactly(self, size):
        while len(self.rest) < size:
            self.read_more()
        found, self.rest = self.rest[:size], self.rest[size:]
        return found

    def read_more(self):
        data = self.socket.recv(65536)
        if not data:
            raise EOFError(f"the server closed the connection after {self.rest!r}")
        self.rest += data

    def is_closed(self):
        """Waits for the server to close."""
        try:
            return self.rest == b"" and self.socket.recv(1) == b""
        except ConnectionResetError:
            return True
