"""Pieces of text with the words that were looked for marked. Plain text comes out, which templates escape."""

from __future__ import annotations

from typing import NamedTuple

from search.analysis import WORD, raw_words, terms_of
from search.query import Query, says_nothing

LENGTH = 220
BEFORE = 60


class Piece(NamedTuple):
    text: str
    is_marked: bool


class Looked:
    """The words of a query as they may stand in a text of one language."""

    def __init__(self, query: Query, language: str):
        self.language = language
        telling = [part for part in query.wanted if not says_nothing(part, language)] or query.wanted
        self.terms = {term for part in telling for word in part.words for term in terms_of(word, language)}
        self.beginnings = tuple(
            raw for part in telling if part.is_beginning for word in part.words for raw in raw_words(word)[-1:]
        )

    def holds(self, word: str) -> bool:
        if not self.terms.isdisjoint(terms_of(word, self.language)):
            return True
        return bool(self.beginnings) and any(raw.startswith(self.beginnings) for raw in raw_words(word))

    def places_in(self, text: str):
        return (match.span() for match in WORD.finditer(text) if self.holds(match[0]))


def marked(text: str, looked: Looked) -> list[Piece]:
    pieces, at = [], 0
    for start, end in looked.places_in(text):
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, Piece(text[at:], False)] if piece.text]


def snippet(lead: str, body: str, looked: Looked) -> list[Piece]:
    """The part of the texts in which a word stands, the lead's if it has one; else how they begin."""
    for text in (lead, body):
        first = next(looked.places_in(text), None)
        if first:
            return marked(cut(text, first[0]), looked)
    return marked(cut(lead or body, 0), looked)


def cut(text: str, place: int) -> str:
    """About `LENGTH` signs around a place, from word to word, with dots where something is left out."""
    start = max(0, place - BEFORE)
    if start:
        start = text.find(" ", start, place) + 1 or place
    end = start + LENGTH
    if end < len(text) and " " in text[start:end]:
        end = text.rfind(" ", start, end)
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"
