"""Names in the order in which a language's readers look for them: “Évora” with E, “Àrea” with A, “ñ” after “n”.

The rules are those of CLDR's collation, as far as names need them: first the letters count, then their accents, then
capitals. Python compares code points, databases do as they were set up, and PyICU has to be compiled against a
library of the machine; so the rules stand here, and the tests compare them with ICU's.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from django.utils.translation import get_language

# Letters of their own, right after another one. CLDR has no such rule for English, French, Catalan, Portuguese,
# Italian and Korean.
OWN_LETTERS = {"es": {"ñ": "n"}}
# What looks like a quotation mark in “Paʻanga” is a letter.
OWN_EVERYWHERE = {"ʻ": "h"}
# What Unicode does not take apart although it stands among these letters.
SPELLED = {"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŀ": "l"}
# Accents in CLDR's order: acute, grave, breve, circumflex, caron, ring, diaeresis and so on.
ACCENTS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"
# Signs in CLDR's order. Spaces stand before them; digits, then letters behind.
SIGNS = "_‿-‐‑‒–—―,;:!¡?¿.…·'‘’‚‹›\"“”„«»()[]{}§¶@*/\\&#%‰†‡•`´˜^¨°©®+±÷×<=>|¦~¬¤¢$£¥€"
SPACE, SIGN, OTHER_SIGN, DIGIT, FIRST_SCRIPT, LATIN, OTHER_SCRIPT = range(7)


def collation_key(text: str, language: str | None = None) -> tuple:
    """The key to sort names by, in the page's language unless another one is named."""
    return _key(str(text), (language or get_language() or "en").partition("-")[0])


@lru_cache(maxsize=8192)
def _key(text: str, language: str) -> tuple:
    own = OWN_EVERYWHERE | OWN_LETTERS.get(language, {})
    places, accents, capitals = [], [], []
    before = ""
    for character in unicodedata.normalize("NFC", text):
        small = character.lower()
        # Catalan “col·legi” stands with “coll”: CLDR has this rule for all languages.
        if not (small == "·" and before == "l"):
            for letter, marks in _letters(small, own):
                places.append(_place(letter, own, language))
                accents.append(tuple(ACCENTS.find(mark) % 1000 for mark in marks))
                capitals.append(small != character)
        before = small
    return tuple(places), tuple(accents), tuple(capitals), text


def _letters(small: str, own: dict[str, str]) -> list[tuple[str, str]]:
    """A small letter as those it stands for, each with its accents."""
    if small in own or _is_hangul(small):
        return [(small, "")]
    if small in SPELLED:
        return [(letter, small) for letter in SPELLED[small]]
    found: list[tuple[str, str]] = []
    for part in unicodedata.normalize("NFKD", small):
        if unicodedata.combining(part) and found:
            letter, marks = found[-1]
            found[-1] = letter, marks + part
        else:
            found += [(letter, part) for letter in SPELLED[part]] if part in SPELLED else [(part, "")]
    return found


def _place(letter: str, own: dict[str, str], language: str) -> tuple[int, int, int]:
    """Where a letter without accents stands among all others."""
    if letter in own:
        return LATIN, ord(own[letter]), 1
    if letter.isspace():
        return SPACE, 0, 0
    if letter in SIGNS:
        return SIGN, SIGNS.index(letter), 0
    if letter.isdecimal():
        return DIGIT, unicodedata.decimal(letter), 0
    if "a" <= letter <= "z":
        return LATIN, ord(letter), 0
    if not letter.isalpha():
        return OTHER_SIGN, ord(letter), 0
    return FIRST_SCRIPT if language == "ko" and _is_hangul(letter) else OTHER_SCRIPT, ord(letter), 0


def _is_hangul(letter: str) -> bool:
    """Syllables stay whole: their code points are in the order of the Korean alphabet."""
    return "\uac00" <= letter <= "\ud7a3"
