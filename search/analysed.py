"""A document as its row in the index and the terms by which it is found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.analysis import ELIDED, fold, joined, key_of, raw_words, terms_of, words_in
from search.kinds import Document, SearchKind
from search.models import IndexRow, Word
from search.row_ids import RowId, number_of_language, when

# Terms of all languages lie in one table and begin with their language, and with what they are.
STEM, BEGINNING, BEGINNING_IN_TITLE = "s", "w", "t"
# Rows whose time is limited, so that the others are counted without a look at their dates.
TIMED = "timed"
# PostgreSQL knows 16,383 places in a text; what comes later is found, but not as part of a phrase.
MAX_TERMS = 60_000
_LETTERS = re.compile(r"[^\W\d_]{4,30}")


@dataclass(frozen=True)
class Terms:
    """What both databases index, word for word."""

    title: tuple[str, ...]
    lead: tuple[str, ...]
    body: tuple[str, ...]
    words: tuple[str, ...]  # in no order, found but part of no phrase


def mark(language: str, what: str, term: str) -> str:
    return f"{language[:2]}{what}{term}"


def row_and_terms(kind: SearchKind, pk: int, document: Document, window) -> tuple[IndexRow, Terms]:
    year, day = when(document.day)
    row = IndexRow(
        id=RowId(year, day, kind.number, number_of_language(document.language), pk).packed,
        kind=kind.name,
        item=pk,
        language=document.language,
        shown_from=window[0],
        shown_until=window[1],
        title_key=key_of(document.title),
        url=document.url,
        date=document.edtf,
        title=without_nul(document.title),
        lead=without_nul(document.lead),
        body=without_nul(document.body),
    )
    return row, terms_of_document(document, timed=window != (None, None))


def without_nul(text: str) -> str:
    return text.replace("\0", " ")


def terms_of_document(document: Document, timed: bool) -> Terms:
    language = document.language
    words = {TIMED} if timed else set()

    def stems(text: str, *beginnings: str) -> tuple[str, ...]:
        found: list[str] = []
        for word in words_in(text):
            found += terms_of(word, language)
            for beginning in beginnings:
                words.update(mark(language, beginning, raw) for raw in raw_words(word))
            if whole := joined(word, language):
                words.add(mark(language, STEM, whole))
        return tuple(mark(language, STEM, term) for term in found[:MAX_TERMS])

    title = stems(f"{document.title} {document.other_names}", BEGINNING, BEGINNING_IN_TITLE)
    lead = stems(f"{document.lead} {document.names}", BEGINNING)
    body = stems(document.body, BEGINNING)
    return Terms(title, lead, body, tuple(sorted(words)))


def spelled_words(row: IndexRow) -> set[tuple[str, str]]:
    """{(language, word as written)} of a row, for “did you mean”."""
    found = set()
    for text in (row.title, row.lead, row.body):
        for word in words_in(text):
            word = ELIDED.sub("", word.lower().replace("’", "'"))
            if _LETTERS.fullmatch(word) and fold(word).isascii():
                found.add((row.language, word))
    return found


def word_row(language: str, word: str) -> Word:
    folded = fold(word)
    return Word(language=language, word=word, head=folded[:3], tail=folded[-3:])
