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
# No line of ours is longer; one that never ends must not fill the memory.
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

    A cell with a line break in it is not understood: in a list of readers it is most likely a quote that nobody
    closed, which would swallow all readers after it. Raises `Unreadable` before the first line if at all.
    """
    encoding = encoding_of(file)
    file.seek(0)
    lines = physical_lines(io.TextIOWrapper(file, encoding=encoding, errors="replace", newline=None))
    header = next(lines, None)
    if not header:
        raise Unreadable(gettext("The file is empty."))
    # Asked of the header, where no text of readers can mislead.
    separator = max(",;\t|", key=header.count)
    columns = [name.strip().strip('"').strip().lower() for name in header.split(separator)]
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise Unreadable(
            gettext("The first line has to name the columns. Missing: %(names)s.") % {"names": ", ".join(missing)}
        )
    twice = [name for name in REQUIRED + OPTIONAL if columns.count(name) > 1]
    if twice or len(columns) > MOST_COLUMNS:
        raise Unreadable(gettext("Columns that stand there twice, or far too many of them."))
    return rows(lines, columns, separator)


def rows(lines: Iterator[str | None], columns: list[str], separator: str) -> Iterator[Line]:
    for number, line in enumerate(lines, 2):
        try:
            cells = next(csv.reader([line or '"'], delimiter=separator, strict=True)) if line != "" else []
        except csv.Error:
            yield Line(number, {}, gettext("The line cannot be read, or is too long."))
            continue
        if any(cell.strip() for cell in cells):
            yield Line(number, dict(zip(columns, map(unguarded, cells), strict=False)), trouble_in(cells, columns))


def trouble_in(cells: list[str], columns: list[str]) -> str:
    if len(cells) != len(columns):
        counts = {"found": len(cells), "wanted": len(columns)}
        return gettext("The line has %(found)d columns, the first one %(wanted)d.") % counts
    if any("\ufffd" in cell or "\0" in cell for cell in cells):
        return gettext("The line holds letters that cannot be read.")
    return ""


def physical_lines(text: io.TextIOBase) -> Iterator[str | None]:
    """Each without its end; None for one that is too long."""
    while line := text.readline(LONGEST_LINE):
        is_whole = line.endswith("\n") or len(line) < LONGEST_LINE
        while not is_whole:
            rest = text.readline(LONGEST_LINE)
            is_whole = rest.endswith("\n") or len(rest) < LONGEST_LINE
            line = None
        yield line if line is None else line.rstrip("\n")


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
