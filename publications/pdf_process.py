"""Reads a PDF in a process of its own, within limits of memory and time: a bad file ends this process alone.

    python -m publications.pdf_process facts|text < file.pdf

Knows nothing of Django. Answers on standard output with one JSON object; see `publications.pdf_reading`.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import IndirectObject

from search.pdf_text import text_of_pdf

MEMORY = 1024**3
SECONDS = {"facts": 20, "text": 120}

# What a file may not do or bring along: names of actions, and keys or types that carry something else than pages.
ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/GoToE": "embedded",
    "/SubmitForm": "sends",
    "/ImportData": "sends",
    "/RichMediaExecute": "media",
}
KEYS = {"/JS": "javascript", "/EF": "embedded", "/XFA": "xfa", "/RichMediaContent": "media"}
TYPES = {"/EmbeddedFile": "embedded"}
SUBTYPES = {
    "/FileAttachment": "embedded",
    "/RichMedia": "media",
    "/Movie": "media",
    "/Screen": "media",
    "/Sound": "media",
}
# The same in the bytes outside of streams, for what pypdf takes to be unreachable and another program may find.
STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
IN_BYTES = {
    "javascript": re.compile(rb"/S\s*/JavaScript\b|/JS\s*[(<0-9]"),
    "launch": re.compile(rb"/S\s*/Launch\b"),
    "embedded": re.compile(rb"/Type\s*/EmbeddedFile\b|/EF\s*<<"),
    "disguised": re.compile(rb"<(?:!doctype|html|body|script|iframe|svg)[\s>]|<\?php\s", re.IGNORECASE),
}


def main(task: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS[task], SECONDS[task] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read()
    found = {"text": text_of_pdf(BytesIO(data))} if task == "text" else facts(data)
    sys.stdout.write(json.dumps(found))


def facts(data: bytes) -> dict[str, Any]:
    """`pages`, `tagged`, `language`, `title` and `found` (what it may not hold); `{"refused": …}` for no good PDF."""
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            return {"refused": "encrypted"}
        pages = len(reader.pages)
        if not pages:
            return {"refused": "damaged"}
        root = reader.trailer["/Root"]
        marked = resolved(root.get("/MarkInfo"))
        return {
            "pages": pages,
            "tagged": bool(isinstance(marked, dict) and resolved(marked.get("/Marked"))),
            "language": text_or_nothing(root.get("/Lang")),
            "title": text_or_nothing((reader.metadata or {}).get("/Title")),
            "found": sorted(held(reader) | held_in_bytes(data)),
        }
    except MemoryError:
        return {"refused": "too_costly"}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        # What a broken file makes of a reader is as various as broken files.
        return {"refused": "damaged"}


def held(reader: PdfReader) -> set[str]:
    found = set()
    for part in dictionaries(reader):
        found |= {name for key, name in KEYS.items() if part.get(key)}
        for key, names in (("/S", ACTIONS), ("/Type", TYPES), ("/Subtype", SUBTYPES)):
            # A structure element has its role under /S, too, but none of these.
            found |= {names[value]} if (value := str(resolved(part.get(key)))) in names else set()
    return found


def dictionaries(reader: PdfReader) -> Iterator[dict]:
    """Every dictionary of the file, those within others too."""
    numbers = {(number, generation) for generation, entries in reader.xref.items() for number in entries}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    waiting: list[Any] = [reader.trailer]
    for number, generation in sorted(numbers):
        try:
            waiting.append(reader.get_object(IndirectObject(number, generation, reader)))
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            continue  # a gap in the table: nothing leads there
        while waiting:
            part = waiting.pop()
            if isinstance(part, dict):
                yield part
                waiting += [value for value in dict.values(part) if isinstance(value, dict | list)]
            elif isinstance(part, list):
                waiting += [value for value in list.__iter__(part) if isinstance(value, dict | list)]


def held_in_bytes(data: bytes) -> set[str]:
    plain = ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), STREAM.sub(b"", data))
    return {name for name, pattern in IN_BYTES.items() if pattern.search(plain)}


def resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def text_or_nothing(value: Any) -> str:
    value = resolved(value)
    return " ".join(value.replace("\0", " ").split())[:300] if isinstance(value, str) else ""


if __name__ == "__main__":
    main(sys.argv[1])
