"""Words as the index knows them: without accents and elisions, cut to their stem by the rules of their language.

Both databases get these terms ready-made, of ASCII letters and digits alone, and compare them as they are: what finds
what is decided here and nowhere else. A word is folded before it is stemmed, so that whoever types without accents
finds the same. Snowball's stemmers look at some accents, so endings that need one get it back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from search.stop_words import STOP_WORDS
from search.word_forms import mended_stem, ready_for_stemmer, whole_stem

STEMMERS = {"en": "english", "es": "spanish", "fr": "french", "ca": "catalan", "pt": "portuguese"}
# Of words like “usar” and “alta” these stemmers take too much for the stem, as it begins with a vowel: they see one
# syllable more.
NEED_ONE, FIRST_SYLLABLE = ("es", "pt"), "ba"
_BEGINS_SHORT = re.compile("[aeiou][^aeiou]")
# What Unicode does not take apart. The letters of “col·legi” stand with those of “collegi”.
SPELLED = {"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i"}
DOTS = "·‧•・\u0140"
# What stands for that dot where a keyboard has none: “col.legi”.
OTHER_DOTS = ".∙⋅"
APOSTROPHES = "'’‘ʼ`´＇"
HYPHENS = "-\u2010\u2011\u00ad"
_FOLDING = str.maketrans(SPELLED | dict.fromkeys("·‧•" + OTHER_DOTS, "") | dict.fromkeys(APOSTROPHES, "'"))
# Accents of the Latin, Greek and Cyrillic scripts; and what is not seen.
_MARKS = re.compile("[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")

_JOINTS = re.escape(APOSTROPHES + "·‧•" + HYPHENS)
_GEMINATE = f"(?<=[lL])[{re.escape(OTHER_DOTS)}](?=[lL])"
WORD = re.compile(rf"[^\W_]+(?:(?:[{_JOINTS}]+|{_GEMINATE})[^\W_]+|[\u0300-\u036f]+[^\W_]*)*")
_PARTS = re.compile(f"[{HYPHENS}]+")
# Korean, Chinese and Japanese, which are looked for by pairs of signs.
_SIGNS = re.compile("([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+)")

ELIDED = re.compile(r"^(?:[dlnstmcj]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w\w)")
ENCLITICS = {"en": re.compile(r"'s?$"), "ca": re.compile(r"'(?:n|ns|l|ls|m|t|s|hi|ho)$")}

MAX_WORD = 64


def fold(text: str) -> str:
    """A word in small letters, without accents, ligatures and dots; Korean syllables stay whole."""
    if text.isascii():
        return text.lower().replace(".", "")
    text = unicodedata.normalize("NFKD", text).lower().translate(_FOLDING)
    return unicodedata.normalize("NFC", _MARKS.sub("", text))


def key_of(text: str) -> str:
    """A whole title for comparison: its folded words."""
    return " ".join(word for found in WORD.findall(text) for word in plain_words(found))[:200]


@lru_cache(maxsize=50_000)
def plain_words(found: str) -> tuple[str, ...]:
    """The folded words within what `WORD` finds: parts of a compound, without elided articles."""
    words = []
    for part in _PARTS.split(fold(found)):
        word = ELIDED.sub("", part)
        words += [bit for bit in word.split("'") if bit] if word.count("'") > 1 else [word]
    return tuple(word[:MAX_WORD] for word in words if word.strip("'"))


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word."""
    stemmer = _stemmer(language)
    if word.isdecimal() or stemmer is None:
        return word.replace("'", "")
    if language in ENCLITICS:
        word = ENCLITICS[language].sub("", word)
    word = word.replace("'", "")
    word = ready_for_stemmer(word, language)
    if whole := whole_stem(word, language):
        return mended_stem(whole, language)
    stemmed = stemmer.stemWord(word)
    if language in NEED_ONE and _BEGINS_SHORT.match(word):
        longer = stemmer.stemWord(FIRST_SYLLABLE + word).removeprefix(FIRST_SYLLABLE)
        stemmed = longer if len(longer) > 2 else stemmed
    stemmed = mended_stem(fold(stemmed), language)
    return stemmed or word


@lru_cache
def _stemmer(language: str):
    name = STEMMERS.get(language.partition("-")[0])
    return snowballstemmer.stemmer(name) if name else None


@lru_cache(maxsize=100_000)
def terms_of(found: str, language: str) -> tuple[str, ...]:
    """The terms, in order, of what `WORD` finds: one a word, and one for each pair of Korean or Chinese signs."""
    return tuple(term for form, term in forms_of(found, language))


def forms_of(found: str, language: str) -> list[tuple[str, str]]:
    """[(what stands there, folded and without apostrophes, its term)] of what `WORD` finds."""
    forms: list[tuple[str, str]] = []
    for word in plain_words(found):
        for run in filter(None, _SIGNS.split(word)):
            if _SIGNS.match(run):
                forms += [(pair, pair) for pair in pairs(run)]
            elif stemmed := stem(run.strip("'"), language):
                forms.append((run.replace("'", ""), stemmed))
    return [(form, ascii_of(term)) for form, term in forms]


def pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


@lru_cache(maxsize=50_000)
def raw_words(found: str) -> tuple[str, ...]:
    """The beginnings by which words are found while they are typed: folded words, and Korean from each sign on."""
    words: list[str] = []
    for word in plain_words(found):
        for run in filter(None, _SIGNS.split(word)):
            if _SIGNS.match(run):
                words += [run[at : at + 2] for at in range(len(run))]
            else:
                words += [run.replace("'", "")]
    return tuple(ascii_of(word) for word in words if word)


def joined(found: str, language: str) -> str:
    """The term of a compound that others write as one word (“co-operation”, “cooperation”); "" for other words."""
    parts = plain_words(found)
    if len(parts) < 2 or len(parts) > 4 or "-" not in re.sub(f"[{HYPHENS}]", "-", found):
        return ""
    return ascii_of(stem("".join(parts).replace("'", ""), language))


def ascii_of(term: str) -> str:
    """Signs outside ASCII by their number: no database has a view of its own on these."""
    if term.isascii() and term.isalnum():
        return term
    return "".join(sign if sign.isascii() and sign.isalnum() else f"z{ord(sign):05x}" for sign in term)


def words_in(text: str) -> Iterator[str]:
    return (match[0] for match in WORD.finditer(text))


def is_stop_word(found: str, language: str) -> bool:
    """Whether it says nothing in a query, behind an elided word too: “une”, “d’une”."""
    folded = fold(found)
    return not STOP_WORDS.get(language, frozenset()).isdisjoint((folded, ELIDED.sub("", folded)))
