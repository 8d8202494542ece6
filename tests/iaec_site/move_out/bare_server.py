"""A file server that knows nothing, and a crawl of what it serves that knows nothing of the export."""

import posixpath
import re
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urldefrag, urljoin, urlsplit

FOLLOWED = {"href", "src", "action", "poster", "data"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@contextmanager
def served(folder):
    """The address of `python -m http.server` on a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.ids, self.forms, self.language = [], set(), [], ""

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.language = self.language or (named.get("lang", "") if tag == "html" else "")
        if named.get("id"):
            self.ids.add(named["id"])
        if tag == "form":
            self.forms.append((named.get("method", "get"), named.get("action", "")))
        # What says its address for somewhere else is looked at by another test.
        if tag == "link" and named.get("rel") in {"canonical", "alternate"} and "type" not in named:
            return
        self.found += [value for key, value in attrs if key in FOLLOWED and value is not None]
        self.found += [part.split()[0] for part in (named.get("srcset") or "").split(",") if part.strip()]
        if named.get("http-equiv") == "refresh":
            self.found.append(named["content"].partition("url=")[2])


def crawl(start):
    """({address: (status, media type, Links or None)}, [(page, link, what is wrong)]) of all that links lead to."""
    host = urlsplit(start).netloc
    answers, waiting, wanted = {}, [start], []
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        answers[address] = fetch(address)
        links = answers[address][2]
        for link in links.found if isinstance(links, Links) else links or []:
            whole, fragment = urldefrag(urljoin(address, link))
            if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).netloc == host:
                wanted.append((address, whole, fragment))
                waiting.append(whole)
    broken = []
    for page, link, fragment in wanted:
        status, _kind, links = answers[link]
        if status != 200 or not link.startswith(start):
            broken.append((page, link, status))
        elif fragment and isinstance(links, Links) and fragment not in links.ids:
            broken.append((page, f"{link}#{fragment}", "no such place"))
    return answers, broken


def fetch(address):
    try:
        with urllib.request.urlopen(address) as answer:
            kind, body = answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, "", None
    path = urlsplit(address).path
    if kind == "text/html":
        links = Links()
        links.feed(body.decode())
        return 200, kind, links
    if posixpath.splitext(path)[1] == ".css":
        return 200, kind, re.findall(r"""url\(["']?([^"')]+)""", body.decode())
    return 200, kind, None
