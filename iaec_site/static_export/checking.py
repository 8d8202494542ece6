"""Looks over the written files as a visitor of a bare server would: does every link lead to a file, and to its place?

It reads the files alone and knows nothing of how they came about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from iaec_site.export_folder import MANIFEST
from iaec_site.static_export.plain_formats import links_of_style

LINKS = frozenset({"href", "src", "action", "formaction", "poster", "data", "xlink:href", "data-search-in-copy"})
_REFRESH = re.compile(r"\s*\d+\s*;\s*url=(.+)", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?:https?|webcal)://[^\s\"'<>\\{},]+")
# Shown at any address: its links begin at the root of the server.
ANYWHERE = "404.html"
# What says addresses of the export in full.
WITH_ADDRESSES = frozenset({".xml", ".atom", ".json", ".ics", ".csv", ".txt"})


class Broken(NamedTuple):
    """`file`: where the link stands, seen from the folder of the export."""

    file: str
    link: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.link} ({self.why})"


class Reader(HTMLParser):
    """The links of a page, and the places in it that links can lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        for key, value in attrs:
            if not value:
                continue
            if key == "id" or (key == "name" and tag == "a"):
                self.places.add(value)
            elif key in LINKS:
                self.links.append(value)
            elif key in {"srcset", "imagesrcset"}:
                self.links += [part.split()[0] for part in value.split(",") if part.strip()]
            elif key == "content" and tag == "meta":
                if (named.get("http-equiv") or "").lower() == "refresh" and (match := _REFRESH.match(value)):
                    self.links.append(match[1])
                elif value.startswith(("http://", "https://")):
                    self.links.append(value)

    handle_startendtag = handle_starttag


class Checker:
    """`site_url`: what whole addresses of the export begin with."""

    def __init__(self, folder: Path, site_url: str):
        self.folder = folder
        self.base = urlsplit(site_url.rstrip("/"))
        self.places: dict[str, set[str]] = {}

    def broken(self, on_file: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Broken]:
        # The manifest names the site that was copied, and what is broken.
        manifest = self.folder / MANIFEST
        files = sorted(path for path in self.folder.rglob("*") if path.is_file() and path != manifest)
        for done, path in enumerate(files, 1):
            name = path.relative_to(self.folder).as_posix()
            for link in self.links_of(path):
                if why := self.what_is_wrong(name, link):
                    yield Broken(name, link, why)
            on_file(done, len(files))

    def links_of(self, path: Path) -> list[str]:
        match path.suffix:
            case ".html":
                return self.read(path).links
            case ".css":
                return links_of_style(path.read_text(encoding="utf-8"))
            case suffix if suffix in WITH_ADDRESSES:
                text = path.read_bytes().decode().replace("\r\n ", "").replace("&amp;", "&")
                return [link.rstrip(".;:)?!*") for link in _IN_TEXT.findall(text)]
        return []

    def read(self, path: Path) -> Reader:
        reader = Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        reader.close()
        self.places[path.relative_to(self.folder).as_posix()] = reader.places
        return reader

    def what_is_wrong(self, file: str, link: str) -> str:
        """In words; "" for a link that is right, or leads to another site."""
        # Any host will do: links from file to file do not know it.
        start = "http://copy.invalid"
        page = f"{start}{self.base.path}/{'' if file == ANYWHERE else file}"
        try:
            parts = urlsplit(urljoin(page, link.strip()))
        except ValueError:
            return "no address"
        if parts.scheme not in {"http", "https", "webcal"}:
            return ""
        if parts.netloc not in {"copy.invalid", self.base.netloc}:
            return ""
        path = unquote(parts.path)
        if path != self.base.path and not path.startswith(f"{self.base.path}/"):
            return "outside of the copy" if parts.netloc == "copy.invalid" else ""
        path = path.removeprefix(self.base.path).removeprefix("/")
        target = self.folder / path
        if self.folder.resolve() not in [target.resolve(), *target.resolve().parents]:
            return "outside of the copy"
        if target.is_dir():
            if path and not path.endswith("/"):
                return "a folder without its slash"
            if path.startswith("search-index/"):
                return ""
            target = target / "index.html"
        if not target.is_file():
            return "no such file"
        if parts.fragment and target.suffix == ".html":
            name = target.relative_to(self.folder).as_posix()
            if name not in self.places:
                self.read(target)
            if unquote(parts.fragment) not in self.places[name]:
                return "no such place in the page"
        return ""
