"""Words whose forms no rule about endings joins, folded: in a file for each language, a word a line.

The first of a line stands for all others. It need not be the word itself: what counts is that nothing else has its
stem (“petit” as “petiot”, or it would be one with “pétition”).
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def lines_of(name: str) -> list[list[str]]:
    return [line.split() for line in (_FOLDER / f"{name}.txt").read_text(encoding="ascii").splitlines()]


IRREGULAR = {
    language: {form: word for word, *forms in lines_of(language) for form in forms}
    for language in ("en", "es", "fr", "ca", "pt")
}
# Which are no forms of verbs, as “traversent” is one.
FRENCH_NOUNS_IN_ENT = frozenset(word for (word,) in lines_of("fr_nouns_in_ent"))
