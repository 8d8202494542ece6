"""Reads an export piece by piece: in the memory of its longest item, however many there are.

Nothing outside of the file is ever asked for, and nothing within it stands for something else: a document type, which
no export has and every XML bomb needs, ends the reading. Sizes have limits, since the parser keeps a tag until it is
whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import html5
from xml.parsers import expat

from moving_in.wxr.records import Author, Item, Site, Term
from moving_in.wxr.source import Source, Unreadable

DEEPEST = 24
LONGEST_TAG = 1024 * 1024  # bytes of a tag with its attributes, of a comment, or of an instruction
LONGEST_TEXT = 16 * 1024 * 1024  # characters of one element; MySQL's LONGTEXT would hold more, no page does
LONGEST_META = 64 * 1024
MOST_PARTS = 20_000  # terms and fields of one item

NAMESPACE = re.compile(r"https?://wordpress\.org/export/\d+(?:\.\d+)*/(excerpt/)?")
PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}
OF_ITEM = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "pubDate": "pub_date",
    "dc:creator": "author",
    "content:encoded": "content",
    "excerpt:encoded": "excerpt",
    "wp:post_type": "kind",
    "wp:status": "status",
    "wp:post_date": "date",
    "wp:post_date_gmt": "date_gmt",
    "wp:post_name": "name",
    "wp:attachment_url": "file_address",
}
NUMBERS_OF_ITEM = {"wp:post_id": "number", "wp:post_parent": "parent", "wp:menu_order": "order"}
OF_SITE = {
    "title": "title",
    "link": "link",
    "language": "language",
    "pubDate": "pub_date",
    "wp:base_site_url": "base_site_url",
    "wp:base_blog_url": "base_blog_url",
    "wp:wxr_version": "version",
}
OF_AUTHOR = {"wp:author_login": "login", "wp:author_display_name": "name"}
# WXR writes categories, tags and other terms in three ways.
TERMS = {
    "wp:category": {
        "wp:category_nicename": "slug",
        "wp:category_parent": "parent",
        "wp:cat_name": "name",
        "wp:category_description": "description",
    },
    "wp:tag": {"wp:tag_slug": "slug", "wp:tag_name": "name", "wp:tag_description": "description"},
    "wp:term": {
        "wp:term_taxonomy": "taxonomy",
        "wp:term_slug": "slug",
        "wp:term_parent": "parent",
        "wp:term_name": "name",
        "wp:term_description": "description",
    },
}
TAXONOMIES = {"wp:category": "category", "wp:tag": "post_tag", "wp:term": ""}
LARGEST_NUMBER = 2**63 - 1

Record = Site | Author | Term | Item


class Reader:
    """`records(chunks)` gives the records of a file in their order; the `Site` comes last, when all of it is known."""

    def __init__(self, note: Callable[[int, str], None]):
        self.note = note
        self.site = Site()
        self.found: list[Record] = []
        self.stack: list[str] = []
        self.text: list[str] | None = None
        self.length = 0
        self.parts = 0
        self.record: Author | Term | Item | None = None
        self.meta: dict[str, str] = {}
        self.category: tuple[str, str] = ("", "")
        self.parser = parser = expat.ParserCreate("utf-8", " ")  # whatever the declaration says, it is UTF-8 by now
        parser.buffer_text = True
        parser.buffer_size = 64 * 1024
        parser.UseForeignDTD(True)  # names of HTML such as &nbsp; come as skipped entities, without any DTD
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.SkippedEntityHandler = self.skipped
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.doctype

    def records(self, source: Source) -> Iterator[Record]:
        """Raises Unreadable where the file is no (whole) export."""
        fed = 0
        try:
            for chunk in source:
                self.parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - max(self.parser.CurrentByteIndex, 0) > LONGEST_TAG + 2 * len(chunk):
                    raise Unreadable(f"Line {self.line}: a tag or a comment that does not end.")
                yield from self.take()
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Unreadable(self.explained(error)) from None
        yield from self.take()
        if not self.site.version:
            raise Unreadable("It is XML, but no WordPress export: it does not say a version (wp:wxr_version).")
        yield self.site

    def take(self) -> list[Record]:
        found, self.found = self.found, []
        return found

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def explained(self, error: expat.ExpatError) -> str:
        words = expat.errors.messages.get(error.code, str(error))
        if words in (expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN) or (
            words == expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION
        ):
            inside = f" within <{self.stack[-1]}>" if self.stack else ""
            return (
                f"It ends at line {error.lineno}{inside}, before it is complete: the export was cut off. Export it "
                "again, one year or one kind of content at a time if need be."
            )
        return f"Line {error.lineno}, column {error.offset + 1}: it is not well-formed XML ({words})."

    # What the parser finds

    def doctype(self, *_declared) -> None:
        raise Unreadable(
            f"Line {self.line}: it declares a document type (DOCTYPE) or entities. No WordPress export does, and "
            "files that are made to do harm do."
        )

    def skipped(self, name: str, _is_parameter: bool) -> None:
        if f"{name};" in html5:
            self.characters(html5[f"{name};"])
        else:
            self.note(self.line, f"the unknown entity &{name[:40]};")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.stack) >= DEEPEST:
            raise Unreadable(f"Line {self.line}: elements lie more than {DEEPEST} deep in one another.")
        name = named(name)
        self.stack.append(name)
        depth = len(self.stack)
        if (depth == 1 and name != "rss") or (depth == 2 and name != "channel"):
            raise Unreadable(f"It is XML, but no WordPress export: it begins with <{name[:60]}>, not <rss><channel>.")
        self.text, self.length = [], 0
        if depth == 3:
            self.begin(name)
        elif depth == 4 and name == "category":
            self.category = (attributes.get("domain", "category"), attributes.get("nicename", ""))
        elif depth == 4 and name in ("wp:postmeta", "wp:termmeta"):
            self.meta = {}
        if depth == 4 and self.record is not None:
            self.parts += 1
            if self.parts > MOST_PARTS:
                raise Unreadable(f"Line {self.line}: one item has more than {MOST_PARTS} parts.")

    def begin(self, name: str) -> None:
        self.parts = 0
        if name == "item":
            self.record = Item(line=self.line)
        elif name == "wp:author":
            self.record = Author()
        elif name in TERMS:
            self.record = Term(taxonomy=TAXONOMIES[name])

    def characters(self, text: str) -> None:
        if self.text is None:
            return
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise Unreadable(
                f"Line {self.line}: a text of more than {LONGEST_TEXT // 1024 // 1024} million characters."
            )
        self.text.append(text)

    def end(self, _name: str) -> None:
        text = "".join(self.text) if self.text is not None else ""
        name, depth = self.stack.pop(), len(self.stack) + 1
        self.text = None  # what stands between elements is nobody's
        if depth == 3:
            if self.record is None:
                if name in OF_SITE:
                    setattr(self.site, OF_SITE[name], text.strip())
            else:
                self.found.append(self.record)
                self.record = None
        elif depth == 4 and self.record is not None:
            self.keep(name, text)
        elif depth == 5 and name in ("wp:meta_key", "wp:meta_value"):
            self.meta[name] = text

    def keep(self, name: str, text: str) -> None:
        record = self.record
        if name in ("wp:postmeta", "wp:termmeta"):
            key, value = self.meta.get("wp:meta_key", ""), self.meta.get("wp:meta_value", "")
            if (
                key
                and len(value) <= LONGEST_META
                and not key.startswith("_oembed")
                and isinstance(record, Term | Item)
            ):
                # Old slugs are the one field of interest that comes more than once.
                if key == "_wp_old_slug" and key in record.meta:
                    value = f"{record.meta[key]} {value}"
                record.meta[key] = value
        elif isinstance(record, Item):
            self.keep_of_item(record, name, text)
        elif isinstance(record, Author) and name in OF_AUTHOR:
            setattr(record, OF_AUTHOR[name], text.strip())
        elif isinstance(record, Term):
            fields = TERMS[self.stack[-1]]
            if name == "wp:term_id":
                record.number = number_of(text)
            elif name in fields:
                setattr(record, fields[name], text.strip() if name != "wp:term_description" else text)

    def keep_of_item(self, item: Item, name: str, text: str) -> None:
        if name in OF_ITEM:
            setattr(item, OF_ITEM[name], text if name in ("content:encoded", "excerpt:encoded") else text.strip())
        elif name in NUMBERS_OF_ITEM:
            setattr(item, NUMBERS_OF_ITEM[name], number_of(text))
        elif name == "category":
            item.terms.append((*self.category, text.strip()))
        elif name == "wp:post_password":
            item.has_password = bool(text.strip())  # the word itself is not needed
        elif name == "wp:is_sticky":
            item.is_sticky = text.strip() == "1"
        elif name == "wp:comment":
            item.comments += 1


def named(name: str) -> str:
    """ "wp:post_id" of "http://wordpress.org/export/1.2/ post_id", whatever prefix the file has for it."""
    space, _, local = name.rpartition(" ")
    if not space:
        return local
    if match := NAMESPACE.fullmatch(space):
        return f"{'excerpt' if match[1] else 'wp'}:{local}"
    return PREFIXES.get(space, "other:") + local


def number_of(text: str) -> int:
    """0 for what is no number that a database could hold."""
    text = text.strip()
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 19:
        return 0
    number = int(text)
    return number if abs(number) <= LARGEST_NUMBER else 0
