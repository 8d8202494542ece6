"""Asks the site as a web server would, without a socket."""

import io
import sys
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from iaec_site.page_cache.generation import Generation, generation
from iaec_site.page_cache.layer import PageCache
from iaec_site.page_cache.recorded_request import RecordingHandler
from iaec_site.page_cache.several_machines import Follower, OneMachine


class Heard(NamedTuple):
    status: int
    headers: dict
    body: bytes


def ask(application, address, method="GET", *, host="testserver", scheme="http", **headers):
    """`headers` as keywords: accept_encoding="br"."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    begun = []
    body = application(environ, lambda status, headers, exc_info=None: begin(begun, status, headers))
    try:
        return Heard(int(begun[0][:3]), dict(begun[1]), b"".join(body))
    finally:
        getattr(body, "close", lambda: None)()


def begin(begun, status, headers):
    begun[:] = [status, headers]


class Site:
    """Ready pages in front of Django, which is counted."""

    def __init__(self, size=16 * 1024 * 1024, here: Generation | None = None):
        here = here or generation()
        self.made = []
        self.handler = RecordingHandler()
        self.cache = PageCache(self.django, here, Follower(OneMachine(), here), size)

    def django(self, environ, start_response):
        query = environ["QUERY_STRING"]
        self.made.append(environ["PATH_INFO"] + (f"?{query}" if query else ""))
        return self.handler(environ, start_response)

    def ask(self, address, *args, **kwargs):
        return ask(self.cache, address, *args, **kwargs)

    def plain(self, address, *args, **kwargs):
        """Django's own answer."""
        return ask(self.handler, address, *args, **kwargs)
