"""The texts of a page as a browser has them: each with the language that the page says it is in."""

from html.parser import HTMLParser
from typing import NamedTuple

VOID = {"meta", "link", "img", "input", "br", "hr", "source", "path", "col"}
# What is read out or shown without being text of the page.
SPOKEN = ("alt", "title", "aria-label", "content", "placeholder")


class Shown(NamedTuple):
    text: str
    language: str
    where: str


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.shown = [("", "")], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        language = attributes.get("lang", self.open[-1][1])
        for name in SPOKEN:
            self.keep(attributes.get(name) or "", language, f"{tag} {name}")
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        for number in range(len(self.open) - 1, 0, -1):
            if self.open[number][0] == tag:
                del self.open[number:]
                return

    def handle_data(self, data):
        if self.open[-1][0] not in ("script", "style"):
            self.keep(data, self.open[-1][1], self.open[-1][0])

    def keep(self, text, language, where):
        if text := " ".join(text.split()):
            self.shown.append(Shown(text, language, where))


def shown_in(html):
    """[Shown, …] of a whole page."""
    reader = _Reader()
    reader.feed(html)
    return reader.shown


def texts_of(client, address):
    """The texts of the page at an address, without their languages."""
    return [shown.text for shown in shown_in(client.get(address).content.decode())]
