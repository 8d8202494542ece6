"""Texts as CSV (RFC 4180), for people with a spreadsheet.

UTF-8 with a byte order mark, because Excel takes it for another encoding otherwise. A cell that a spreadsheet could
take for a formula gets an apostrophe before it (and so does one that begins with an apostrophe), which comes off again
on the way in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from translations.exchange.units import MAX_SIZE, Outgoing, Returned, Unreadable, lines_alike

COLUMNS = [
    "item",
    "type",
    "title",
    "field",
    "source language",
    "source",
    "previous source",
    "language",
    "translation",
    "state",
    "reviewed",
    "source digest",
]
NEEDED = {"item", "field", "source language", "language", "translation", "source digest"}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def build(texts: Iterable[Outgoing]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for text in texts:
        cells = [
            text.name,
            text.kind_name,
            text.title,
            text.field,
            text.source_language,
            text.source,
            text.previous_source,
            text.language,
            text.translation,
            text.state,
            "",
            text.digest,
        ]
        # The csv module writes NUL as it is and then cannot read it.
        writer.writerow([guarded(lines_alike(cell).replace("\0", "")) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*_STARTS_A_FORMULA, "'")) else cell


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_STARTS_A_FORMULA, "'")) else cell


def read(content: bytes) -> list[Returned]:
    """The texts of a table, with commas, semicolons or tabs, from wherever. Raises Unreadable."""
    if len(content) > MAX_SIZE:
        raise Unreadable(_("The file is larger than %(count)d MB.") % {"count": MAX_SIZE // 2**20})
    text = decoded(content)
    first_line, _end, rest = text.partition("\n")
    separator = None
    if first_line.strip().lower().startswith("sep="):  # what Excel writes and reads
        separator, text = first_line.strip()[4:], rest
        first_line = rest.partition("\n")[0]
    if separator not in {",", ";", "\t"}:
        separator = max(",;\t", key=first_line.count)
    csv.field_size_limit(MAX_SIZE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        missing = NEEDED - set(names)
        if missing:
            columns = ", ".join(column for column in COLUMNS if column in missing)
            raise Unreadable(
                _("The table has no column “%(columns)s”. The first row must be as exported.") % {"columns": columns}
            )
        return [returned(dict(zip(names, row, strict=False))) for row in reader if any(row)]
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)d is not CSV: %(error)s.") % {"line": reader.line_num, "error": error}
        ) from error


def decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("The table is not in UTF-8. Save it as “CSV UTF-8” in Excel, or choose UTF-8 in LibreOffice.")
        ) from error
    if "\0" in text:
        raise Unreadable(_("This is no table as text (CSV)."))
    return text


def returned(row: dict[str, str]) -> Returned:
    cells = {name: lines_alike(unguarded(cell)) for name, cell in row.items()}
    return Returned(
        name=cells.get("item", "").strip(),
        field=cells.get("field", "").strip(),
        source_language=cells.get("source language", "").strip(),
        language=cells.get("language", "").strip(),
        digest=cells.get("source digest", "").strip(),
        text=cells.get("translation", ""),
        reviewed=bool(cells.get("reviewed", "").strip()),
    )
