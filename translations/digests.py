"""Short names of texts, by which two texts are told apart without keeping either."""

from __future__ import annotations

import hashlib
import unicodedata

from publishing.text_words import words_of


def digest(text: str | None, rich: bool = False) -> str:
    """Twenty hexadecimal digits that stay the same while the words do; "" for a text without words.

    Spaces and, in rich text, markup do not count, nor does the way in which Unicode composes a letter: to change
    them asks nothing of a translator.
    """
    if not text:
        return ""
    words = unicodedata.normalize("NFC", words_of(text, rich).replace(" ", ""))
    return hashlib.blake2b(words.encode(), digest_size=10).hexdigest() if words else ""
