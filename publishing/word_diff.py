"""What changed between two texts, word by word. No database, no markup: templates make <ins> and <del> of it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from publishing.text_words import words_of

SAME, REMOVED, ADDED, LEFT_OUT = "same", "removed", "added", "left out"
_END_OF_BLOCK = re.compile(
    r"</(?:p|h[1-6]|li|blockquote|tr|table|figure|figcaption|caption|pre)>|<br\s*/?>|<hr\s*/?>", re.I
)
_WORD_OR_BREAK = re.compile(r"\n+|[^\s]+")
# Unchanged words that stay on each side of a change; more of them would hide it.
AROUND = 12


class Piece(NamedTuple):
    kind: str
    text: str


def readable(text: str, rich: bool = False) -> str:
    """The words of a text, each paragraph on a line of its own."""
    if rich:
        text = _END_OF_BLOCK.sub(lambda end: f"{end[0]}\n", " ".join(text.split()))
    return "\n".join(filter(None, (words_of(line, rich) for line in text.split("\n"))))


def word_diff(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in their order; those that are not added make `before`, those not removed `after`.

    Spaces do not count; a line break counts as a word.
    """
    old, new = _WORD_OR_BREAK.findall(before), _WORD_OR_BREAK.findall(after)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    pieces = [(SAME, old[:head])]
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    for act, a, b, c, d in SequenceMatcher(None, middle_old, middle_new).get_opcodes():
        if act == "equal":
            pieces.append((SAME, middle_old[a:b]))
        else:
            pieces += [(REMOVED, middle_old[a:b]), (ADDED, middle_new[c:d])]
    pieces.append((SAME, old[len(old) - tail :]))
    return joined(pieces)


def joined(pieces) -> list[Piece]:
    """Neighbours of one kind become one piece; empty ones go, and a break alone is no change worth a mark."""
    found = []
    for kind, words in pieces:
        is_break = all(word.isspace() for word in words)
        if not words or (is_break and kind == REMOVED):
            continue
        if is_break:
            kind = SAME
        if found and found[-1][0] == kind:
            found[-1][1].extend(words)
        else:
            found.append((kind, list(words)))
    return [Piece(kind, text_of_words(words)) for kind, words in found]


def text_of_words(words: list[str]) -> str:
    return " ".join(words).replace(" \n", "\n").replace("\n ", "\n")


def shortened(pieces: list[Piece]) -> list[Piece]:
    """Long unchanged passages become a piece LEFT_OUT between the words next to the changes."""
    found = []
    for number, piece in enumerate(pieces):
        words = piece.text.split(" ")
        if piece.kind != SAME or len(words) <= 3 * AROUND:
            found.append(piece)
            continue
        if number > 0:
            found.append(Piece(SAME, " ".join(words[:AROUND])))
        found.append(Piece(LEFT_OUT, ""))
        if number < len(pieces) - 1:
            found.append(Piece(SAME, " ".join(words[-AROUND:])))
    return found
