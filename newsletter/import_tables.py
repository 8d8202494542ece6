"""Reads a table of readers (CSV), whoever wrote it: other programs' encodings and separators, and hostile contents."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext

from publishing.open_data import FORMULA

REQUIRED = ("email", "language", "consent_date", "consent_source")
OPTIONAL = ("networks", "themes", "frequency", "state")
BLOCK = 64 * 1024
# No field of ours is longer; one that never ends (a quote that nobody closed) must not fill the memory.
LONGEST_LINE = 20_000
MOST_COLUMNS = 100


class Unreadable(Exception):
    """The file is no table of readers; says why, in the language of whoever brings it in."""


@dataclass(frozen=True)
class Line:
    """`number` is the line of the file, counted from 1 as a text editor does."""

    number: int
    values: dict[str, str]
    trouble: str = ""


def read_lines(file: BinaryIO) -> Iterator[Line]:
    """The lines below the header, one at a time. `file` is read twice, so it has to be one that can be rewound.

    Raises `Unreadable` before the first line if at all.
    """
    encoding = encoding_of(file)
    file.seek(0)
    numbered = Numbered(io.TextIOWrapper(file, encoding=encoding, errors="replace", newline=""))
    try:
        header = next(numbered)
    except StopIteration:
        raise Unreadable(gettext("The file is empty.")) from None
    separator = max(",;\t|", key=header.count)
    # Separators are asked of the header, where no text of readers can mislead.
    columns = [name.strip().strip('"').strip().lower() for name in header.rstrip("\r\n").split(separator)]
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise Unreadable(
            gettext("The first line has to name the columns. Missing: %(names)s.") % {"names": ", ".join(missing)}
        )
    twice = {name for name in columns if name in REQUIRED + OPTIONAL and columns.count(name) > 1}
    if twice or len(columns) > MOST_COLUMNS:
        raise Unreadable(gettext("Columns that stand there twice, or far too many of them."))
    return rows(numbered, columns, separator)


def rows(numbered: Numbered, columns: list[str], separator: str) -> Iterator[Line]:
    reader = csv.reader(numbered, delimiter=separator)
    while True:
        first = numbered.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Line(first, {}, gettext("The line cannot be read, or is too long."))
            # What the reader has taken in so far belongs to that line.
            reader = csv.reader(numbered, delimiter=separator)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        values = {name: unguarded(cell) for name, cell in zip(columns, cells, strict=False)}
        trouble = ""
        if len(cells) != len(columns):
            trouble = gettext("The line has %(found)d columns, the first one %(wanted)d.") % {
                "found": len(cells),
                "wanted": len(columns),
            }
        elif any("\ufffd" in cell or "\0" in cell for cell in cells):
            trouble = gettext("The line holds letters that cannot be read.")
        yield Line(first, values, trouble)


class Numbered:
    """Lines of a text, counted; what follows the longest that is let through is cut off until the next line."""

    def __init__(self, text: io.TextIOBase):
        self.text, self.number = text, 0

    def __iter__(self) -> Numbered:
        return self

    def __next__(self) -> str:
        line = self.text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith("\n"):
            rest = self.text.readline(LONGEST_LINE)
        # Too long to be a line of ours: one character more makes the csv module refuse it.
        return line if rest is line else "\0" + line.rstrip("\r\n") + "\n"


def encoding_of(file: BinaryIO) -> str:
    """UTF-8 or UTF-16 as the file says; without a word from it UTF-8, else what Excel writes in western Europe."""
    file.seek(0)
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def unguarded(cell: str) -> str:
    """Without the quote that an export of ours puts before what a program for tables might run."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(FORMULA) else cell
