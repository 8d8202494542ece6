"""What somebody types into the search box, and the question to the index that it becomes.

    exposiciones fotografía      both words, in any of their forms
    "ciudad educadora"           one after the other, in any of their forms
    -concurso                    not this word; also -"a phrase"
    expo*                        words that begin so

Everything else is taken for words or passed over; nothing that can be typed is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.analysed import BEGINNING, BEGINNING_IN_TITLE, STEM, mark
from search.analysis import WORD, is_stop_word, joined, raw_words, terms_of

MAX_LENGTH = 200
MAX_PARTS = 10
_QUOTES = '"“”„‟«»＂'
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)[-−–])?(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]|(?P<word>{WORD.pattern})(?P<star>\*)?)"
)


@dataclass(frozen=True)
class Part:
    """A word, or a phrase of several, as typed."""

    words: tuple[str, ...]
    is_phrase: bool = False
    is_unwanted: bool = False
    is_beginning: bool = False


@dataclass(frozen=True)
class Query:
    text: str
    parts: tuple[Part, ...]

    @property
    def wanted(self) -> list[Part]:
        return [part for part in self.parts if not part.is_unwanted]

    def with_beginning(self) -> Query:
        """The same with its last word as the beginning of one, as while it is being typed."""
        if not self.parts or self.parts[-1].is_unwanted or self.parts[-1].is_phrase:
            return self
        return replace(self, parts=(*self.parts[:-1], replace(self.parts[-1], is_beginning=True)))


@dataclass(frozen=True)
class Clause:
    """One of these sequences of terms, or a term that begins so."""

    phrases: tuple[tuple[str, ...], ...]
    beginnings: tuple[str, ...] = ()
    beginnings_in_title: tuple[str, ...] = ()


@dataclass(frozen=True)
class InLanguage:
    language: str
    wanted: tuple[Clause, ...]
    unwanted: tuple[Clause, ...]


@dataclass(frozen=True)
class Question:
    """What a backend looks for: rows that answer in one of the languages."""

    languages: tuple[InLanguage, ...]

    def __bool__(self) -> bool:
        return bool(self.languages)


def tidy(text: str) -> str:
    """In one line, composed, without signs that nobody sees, and not longer than anybody types."""
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text[: 4 * MAX_LENGTH])
    return " ".join(unicodedata.normalize("NFC", seen).split())[:MAX_LENGTH]


def parse(text: str) -> Query:
    text = tidy(text)
    parts = []
    for piece in _PIECE.finditer(text):
        words = tuple(WORD.findall(piece["phrase"])) if piece["phrase"] is not None else (piece["word"],)
        if words:
            parts.append(
                Part(
                    words,
                    is_phrase=piece["phrase"] is not None,
                    is_unwanted=bool(piece["minus"]),
                    is_beginning=bool(piece["star"]),
                )
            )
    return Query(text, tuple(parts[:MAX_PARTS]))


def question(query: Query, languages: Iterable[str]) -> Question:
    found = []
    for language in languages:
        telling = [part for part in query.wanted if not says_nothing(part, language)]
        wanted = clauses(telling or query.wanted, language)
        if wanted:
            unwanted = clauses([part for part in query.parts if part.is_unwanted], language)
            found.append(InLanguage(language, wanted, unwanted))
    return Question(tuple(found))


def says_nothing(part: Part, language: str) -> bool:
    return not (part.is_phrase or part.is_beginning) and is_stop_word(part.words[0], language)


def clauses(parts: Iterable[Part], language: str) -> tuple[Clause, ...]:
    return tuple(clause for part in parts if (clause := clause_of(part, language)))


def clause_of(part: Part, language: str) -> Clause | None:
    terms = tuple(mark(language, STEM, term) for word in part.words for term in terms_of(word, language))
    if not terms:
        return None
    phrases, beginnings = [terms], []
    if not part.is_phrase and (whole := joined(part.words[0], language)):
        phrases.append((mark(language, STEM, whole),))
    raw = [term for word in part.words for term in raw_words(word)]
    # One Korean sign is looked for as the beginning of the pairs that are indexed.
    if len(raw) == 1 and ((part.is_beginning and len(raw[0]) > 1) or re.fullmatch("z[0-9a-f]{5}", raw[0])):
        beginnings = raw
    return Clause(
        tuple(phrases),
        tuple(mark(language, BEGINNING, term) for term in beginnings),
        tuple(mark(language, BEGINNING_IN_TITLE, term) for term in beginnings),
    )
