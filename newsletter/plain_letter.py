"""The text part of a letter: what somebody reads who has no HTML, or wants none.

Lines of 72 characters at most; addresses stand on lines of their own and are never broken, so that they can be
followed wherever the text is shown.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from html.parser import HTMLParser

from newsletter.letter_addresses import absolute

WIDTH = 72
BREAK = "\0"  # a line break within a block; in cleaned HTML there is no such character
BLOCKS = {"p", "h2", "h3", "h4", "blockquote", "figure", "figcaption", "ul", "ol", "table", "tr", "pre", "hr", "div"}


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """One paragraph. `first` begins its first line, "- " for example, and `indent` the others."""
    text = " ".join(text.split())
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def heading(text: str, line: str) -> str:
    """Lines of a heading above a line of `line` characters, as long as the longest of them."""
    lines = wrapped(text)
    return f"{lines}\n{line * max(map(len, lines.splitlines()))}"


def paragraphs(blocks: Iterable[str]) -> str:
    """One empty line between two blocks; empty blocks leave none."""
    return "\n\n".join(block for block in blocks if block.strip())


def plain_html(html: str) -> str:
    """Cleaned rich text as plain text: lists with marks, quotations with “> ”, addresses below their block."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return paragraphs(reader.finished())


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.text: list[str] = []
        self.links: list[str] = []
        self.lists: list[int | None] = []  # the last number of each open list, None for one with dots
        self.quotes = 0
        self.mark = ""
        self.open: list[tuple[str, int]] = []

    def finished(self) -> list[str]:
        self.end_block()
        return self.blocks

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag in BLOCKS or tag == "li":
            self.end_block()
        if tag in ("ul", "ol"):
            self.lists.append(None if tag == "ul" else int(values.get("start") or 1) - 1)
        elif tag == "li" and self.lists:
            if self.lists[-1] is None:
                self.mark = "- "
            else:
                self.lists[-1] += 1
                self.mark = f"{self.lists[-1]}. "
        elif tag == "blockquote":
            self.quotes += 1
        elif tag == "br":
            self.text.append(BREAK)
        elif tag in ("td", "th"):
            self.text.append(" ")
        elif tag == "img" and values.get("alt"):
            self.text.append(f" [{values['alt']}] ")
        elif tag == "a":
            self.open.append((values.get("href") or "", len(self.text)))

    def handle_endtag(self, tag):
        if tag == "a" and self.open:
            address, start = self.open.pop()
            said = "".join(self.text[start:]).strip()
            if address and address.removeprefix("mailto:") != said:
                self.links.append(absolute(address))
        if tag in BLOCKS or tag == "li":
            self.end_block()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "blockquote":
            self.quotes = max(0, self.quotes - 1)

    def handle_data(self, data):
        self.text.append(data)

    def end_block(self):
        said = [" ".join(line.split()) for line in "".join(self.text).split(BREAK)]
        text = "\n".join(filter(None, said))
        if text or self.links:
            indent = "> " * self.quotes + "  " * max(0, len(self.lists) - 1)
            hanging = indent + " " * len(self.mark)
            lines = [
                wrapped(line, hanging, hanging if number else indent + self.mark)
                for number, line in enumerate(text.splitlines())
            ]
            lines += [f"{hanging}{address}" for address in dict.fromkeys(self.links) if address != text]
            self.blocks.append("\n".join(lines))
            self.mark = ""
        self.text, self.links = [], []
