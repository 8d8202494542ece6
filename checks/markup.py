"""The links, pictures and headings of a rich text, which the field has cleaned before."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass
class Link:
    address: str
    text: str = ""
    shows_something: bool = False  # text, or a picture with a text of its own
    images: list[str] = field(default_factory=list)  # addresses of pictures in it


class Image(NamedTuple):
    address: str
    alt: str | None  # None where nobody said anything


@dataclass
class Heading:
    level: int
    text: str = ""


@dataclass
class Markup:
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


NOTHING = Markup()


def read_markup(html: str | None) -> Markup:
    """Never raises; most texts have none of the three and are not even taken apart."""
    if not html or not any(start in html for start in ("<a", "<img", "<h")):
        return NOTHING
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = Markup()
        self.link = self.heading = None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "a":
            self.link = Link((values.get("href") or "").strip())
            self.found.links.append(self.link)
        elif tag == "img":
            alt = values.get("alt")
            self.found.images.append(Image(values.get("src") or "", alt.strip() if alt is not None else None))
            if alt and alt.strip():
                self.handle_data(alt)
            if self.link is not None:
                self.link.images.append(values.get("src") or "")
        elif tag in HEADINGS:
            self.heading = Heading(HEADINGS[tag])
            self.found.headings.append(self.heading)

    def handle_data(self, data):
        for open_one in (self.link, self.heading):
            if open_one is not None:
                open_one.text += data
        if self.link is not None and data.strip():
            self.link.shows_something = True

    def handle_endtag(self, tag):
        if tag == "a":
            self.link = None
        elif tag in HEADINGS:
            self.heading = None
