"""A listener of its own for Prometheus, in one of the processes that serve. The public port knows nothing of it."""

from __future__ import annotations

import fcntl
import hmac
import logging
import os
import socket
import socketserver
import threading
from collections.abc import Callable
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import make_wsgi_app

from iaec_site.metrics.address import MetricsAddress
from iaec_site.metrics.collector import SiteCollector
from iaec_site.page_cache.generation import locked

logger = logging.getLogger(__name__)

PATH = "/metrics"
LISTENER = "listener"  # the lock of the one that listens, beside the counts
PAUSE = 5.0  # seconds until an address that was taken is tried again
PATIENCE = 10  # seconds for sending a request
# What proxies add. Whoever comes through one is not who should be here.
OF_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA")


def metrics_application(folder: Path, token: str) -> Callable:
    """As WSGI: the text for Prometheus (or OpenMetrics, if asked for) at /metrics alone."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(SiteCollector(folder))
    tell = make_wsgi_app(registry)

    def application(environ, start_response):
        if environ["PATH_INFO"] != PATH:
            return refuse(start_response, "404 Not Found", f"Metrics are at {PATH}.")
        if any(name in environ for name in OF_PROXIES):
            return refuse(start_response, "403 Forbidden", "Metrics are not passed on by proxies.")
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1")
        if token and not hmac.compare_digest(given, f"Bearer {token}".encode()):
            asking = ("WWW-Authenticate", 'Bearer realm="metrics"')
            return refuse(start_response, "401 Unauthorized", "Send METRICS_TOKEN as a bearer token.", asking)
        return tell(environ, start_response)

    return application


def refuse(start_response, status: str, words: str, *headers: tuple[str, str]) -> list[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), *headers])
    return [f"{words}\n".encode()]


class Handler(WSGIRequestHandler):
    timeout = PATIENCE

    def log_message(self, *words):
        pass


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def __init__(self, address: MetricsAddress, application: Callable):
        if ":" in address.host:
            self.address_family = socket.AF_INET6
        super().__init__((address.host, address.port), Handler)
        self.set_app(application)

    def server_bind(self):
        # Without HTTPServer's: it asks the DNS for the name of the address.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]
        self.setup_environ()


class MetricsListener:
    """Begins in each process that serves; one listens at a time, and another takes its place when it ends."""

    def __init__(self, address: MetricsAddress, folder: Path):
        self.address = address
        self.folder = folder
        self.is_over = threading.Event()
        self.server: Server | None = None

    def begin(self) -> None:
        threading.Thread(target=self.run, name="metrics", daemon=True).start()

    def run(self) -> None:
        with locked(os.fspath(self.folder / LISTENER), fcntl.LOCK_EX):
            application = metrics_application(self.folder, self.address.token)
            was_told = False
            while not self.is_over.is_set():
                try:
                    self.server = Server(self.address, application)
                except OSError as error:
                    if not was_told:
                        logger.error("Metrics cannot be told at %s: %s", self.address, error.strerror)
                        was_told = True
                    self.is_over.wait(PAUSE)
                    continue
                with self.server:
                    if not self.is_over.is_set():
                        self.server.serve_forever()

    def end(self) -> None:
        """Returns at once; may be called from a handler of signals, and before it began to listen."""
        self.is_over.set()
        if self.server is not None:
            threading.Thread(target=self.server.shutdown, name="metrics-end", daemon=True).start()
