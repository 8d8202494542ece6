"""What an import did and could not do, by subject: kept in a file of its own, so that a million lines need no memory.

What is printed of it comes from the export: control characters, by which a text could write over a terminal, go.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import TextIO

LONGEST_NOTE = 400
MOST_KEPT = 200_000  # notes in all; beyond them only the number is told
MOST_SHOWN = 10  # of each subject on the screen; all of them stand in the file of --report
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")

# Subjects in the order in which a webmaster needs them.
SUBJECTS = {
    "refused": "Kept as drafts, because the checks before publication found an error",
    "withheld": "Drafts, because not everybody could read them in WordPress",
    "date": "Events whose date could not be read: drafts, “to be announced”",
    "date_read": "Events whose date was read from a text: look whether it is right",
    "language": "Languages",
    "joining": "Translations that could not be joined",
    "edited": "Changed here since the last import, so left as they are",
    "gone": "Deleted here since the last import, so not brought back",
    "kind": "Kinds of content that have no place here",
    "left_out": "Items left out",
    "text": "Parts of texts that were left out or turned into links",
    "picture": "Pictures that texts showed and that are not there",
    "media": "Files that could not be taken over",
    "link": "Links to the old site that lead to nothing here",
    "slug": "Addresses that were taken here already, so the item got another one",
    "address": "Old addresses that lead to something else already",
    "title": "Titles that had to be shortened or made up",
    "field": "Fields of plugins and themes that were not read",
    "term": "Categories and tags",
    "author": "Authors (accounts are not made; this list is all that stays of them)",
    "file": "The file itself",
}


class Report:
    """`count` adds to the numbers at the top; `note` keeps a line under a subject."""

    def __init__(self, database: sqlite3.Connection):
        self.database = database
        self.numbers: dict[str, int] = {}
        self.kept = 0
        database.execute(
            "CREATE TABLE notes (subject TEXT, number INTEGER, text TEXT, UNIQUE (subject, number, text))"
        )
        database.execute("CREATE TABLE counts (subject TEXT PRIMARY KEY, total INTEGER)")

    def count(self, what: str, by: int = 1) -> None:
        self.numbers[what] = self.numbers.get(what, 0) + by

    def note(self, subject: str, text: str, number: int = 0) -> None:
        """`number` is WordPress's of the item that it is about, 0 where it is about none."""
        if subject not in SUBJECTS:
            raise ValueError(f"{subject} is no subject of the report.")
        if self.kept < MOST_KEPT:
            # A picture that stands three times in a text is one matter.
            sql = "INSERT OR IGNORE INTO notes VALUES (?, ?, ?)"
            if not self.database.execute(sql, (subject, number, printable(text))).rowcount:
                return
            self.kept += 1
        self.database.execute(
            "INSERT INTO counts VALUES (?, 1) ON CONFLICT (subject) DO UPDATE SET total = total + 1", (subject,)
        )

    def totals(self) -> dict[str, int]:
        known = dict(self.database.execute("SELECT subject, total FROM counts"))
        return {subject: known[subject] for subject in SUBJECTS if subject in known}

    def notes(self, subject: str, most: int = -1) -> Iterator[tuple[int, str]]:
        rows = self.database.execute(
            "SELECT number, text FROM notes WHERE subject = ? ORDER BY rowid LIMIT ?", (subject, most)
        )
        yield from rows

    def lines(self, most: int = MOST_SHOWN) -> Iterator[str]:
        """For people; of each subject as many notes as are wanted, all of them with -1."""
        width = max((len(f"{number}") for number in self.numbers.values()), default=1)
        for what, number in self.numbers.items():
            yield f"{number:>{width}}  {what}"
        for subject, total in self.totals().items():
            yield ""
            yield f"{SUBJECTS[subject]} ({total}):"
            shown = 0
            for number, text in self.notes(subject, most):
                shown += 1
                yield f"  {f'{number}: ' if number else ''}{text}"
            if total > shown:
                yield f"  … and {total - shown} more"

    def write_json(self, file: TextIO) -> None:
        """Piece by piece, as it may be long."""
        file.write(json.dumps({"numbers": self.numbers}, ensure_ascii=False, indent=1)[:-2])
        file.write(',\n "subjects": [')
        for place, (subject, total) in enumerate(self.totals().items()):
            head = {"subject": subject, "about": SUBJECTS[subject], "total": total}
            file.write("," * bool(place) + "\n  " + json.dumps(head, ensure_ascii=False)[:-1] + ', "notes": [')
            for line, (number, text) in enumerate(self.notes(subject)):
                note = {"wordpress_id": number or None, "text": text}
                file.write("," * bool(line) + "\n   " + json.dumps(note, ensure_ascii=False))
            file.write("]}")
        file.write("\n ]\n}\n")

    def write(self, file: TextIO, *, as_json: bool) -> None:
        if as_json:
            self.write_json(file)
        else:
            file.writelines(f"{line}\n" for line in self.lines(-1))


def printable(text: str) -> str:
    text = CONTROL.sub(" ", text).strip()
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1] + "…"
