"""Files that go out and come in, each in its format."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from translations.exchange import table, xliff, xliff_reader
from translations.exchange.selection import is_rich
from translations.exchange.units import Outgoing, Returned, Unreadable

FORMATS = {"xliff": "XLIFF 2.0", "csv": "CSV"}
ENDINGS = {"xliff": ".xlf", "csv": ".csv"}
CONTENT_TYPES = {"xliff": "application/xliff+xml", "csv": "text/csv; charset=utf-8"}


def build(texts: Iterable[Outgoing], form: str, *, in_one: bool = False) -> dict[str, bytes]:
    """{source language: a file}. XLIFF has one source language a document; a table holds all, under ""."""
    if form == "csv":
        return {"": table.build(texts)}
    by_source = sorted(texts, key=attrgetter("source_language"))
    files = {}
    for source, group in groupby(by_source, key=attrgetter("source_language")):
        several = list(group)
        files[source] = xliff.build(several, source_language=source, language=several[0].language, in_one=in_one)
    return files


def read(content: bytes) -> list[Returned]:
    """What a file holds, whichever of the formats it has. Raises Unreadable."""
    if content.startswith(b"PK\x03\x04"):
        raise Unreadable(_("This is a ZIP archive or a workbook (XLSX, ODS). Unpack it, or save it as CSV."))
    start = content[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        return xliff_reader.read(content, is_rich=is_rich)
    return table.read(content)
