"""The bytes of an export as clean UTF-8 for the XML parser, however large the file and whatever is in it.

WordPress writes its exports by printing: what a plugin prints before, a byte that is no UTF-8 and a control character
that somebody pasted years ago all end up in the file, and XML allows none of them. They are left out, and told with
the number of their line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

CHUNK = 256 * 1024  # bytes
# What XML 1.0 allows in no form (2.2, "Characters"), and references to it, which XML does not allow either.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORBIDDEN_REFERENCE = re.compile(
    r"&#(?:0{0,6}(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0{0,6}(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
LONGEST_REFERENCE = 16
# Before the first tag: blank lines of a theme's files. More is no export.
MOST_BLANKS = 4096
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
# Those that have the letters of ASCII as ASCII has them: in any other, one reader sees a tag where another sees none.
CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "iso-8859-1": "cp1252",  # what browsers have always taken it for
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
}
MAGIC = {
    b"\x1f\x8b": "It is compressed (gzip). Unpack it first: gunzip FILE.",
    b"PK": "It is a ZIP archive. Unpack it first and name the .xml file in it.",
    b"\xff\xfe": "It is written in UTF-16. Save it as UTF-8.",
    b"\xfe\xff": "It is written in UTF-16. Save it as UTF-8.",
}


class Unreadable(Exception):
    """The file is no export that can be read; the text says why, where, and what to do."""


class Source:
    """`note(line, what)` is told what was left out; `done` counts the bytes that were read."""

    def __init__(self, file: BinaryIO, note: Callable[[int, str], None]):
        self.file = file
        self.note = note
        self.done = 0
        self.line = 1

    def __iter__(self) -> Iterator[bytes]:
        head = self._begin()
        decoder = codecs.getincrementaldecoder(codec_of(head))(errors="replace")
        held, data = "", head
        while True:
            text = held + decoder.decode(data, final=not data)
            held = ""
            # A reference may lie across two pieces.
            start = text.rfind("&", max(0, len(text) - LONGEST_REFERENCE))
            if data and start >= 0 and ";" not in text[start:]:
                text, held = text[:start], text[start:]
            yield self._clean(text).encode()
            if not data:
                return
            data = self._read()

    def _read(self) -> bytes:
        data = self.file.read(CHUNK)
        self.done += len(data)
        return data

    def _begin(self) -> bytes:
        head = self._read()
        for magic, why in MAGIC.items():
            if head.startswith(magic):
                raise Unreadable(why)
        if b"\x00" in head[:4]:
            raise Unreadable("It is written in UTF-16 or UTF-32, or is no text at all. Save it as UTF-8.")
        head = head.removeprefix(codecs.BOM_UTF8)
        stripped = head.lstrip(b" \t\r\n")
        if not stripped.startswith(b"<"):
            begins = head[:40].decode(errors="replace").strip()
            raise Unreadable(
                f"It does not begin as XML does, but with “{begins}”. Export it again under Tools → Export."
                if begins
                else "It is empty."
            )
        if blanks := len(head) - len(stripped):
            if blanks > MOST_BLANKS:
                raise Unreadable("It begins with thousands of blanks.")
            self.note(1, "blank lines before the first tag")
            self.line += head[:blanks].count(b"\n")
        return stripped

    def _clean(self, text: str) -> str:
        for pattern, what in (
            (FORBIDDEN, "a control character"),
            (FORBIDDEN_REFERENCE, "a reference to a control character"),
        ):
            if pattern.search(text):
                for match in pattern.finditer(text):
                    self.note(self.line + text.count("\n", 0, match.start()), what)
                text = pattern.sub("", text)
        if "\ufffd" in text:
            self.note(self.line + text.count("\n", 0, text.index("\ufffd")), "bytes that are no letters (shown as �)")
        self.line += text.count("\n")
        return text


def codec_of(head: bytes) -> str:
    """The codec by the XML declaration; raises Unreadable for one in which tags could be hidden (UTF-7, UTF-16)."""
    match = DECLARED.match(head)
    name = match[1].decode().lower() if match else "utf-8"
    if name not in CODECS:
        raise Unreadable(f"It says of itself to be written in {name}, which is not read here. Save it as UTF-8.")
    return CODECS[name]
