"""Short names of texts, by which two texts are told apart without keeping either."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata

_TAG = re.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_WORDS_IN_TAG = re.compile(r"""\b(?:alt|title)="([^"]*)\"""")
# What str.split does not take for a space.
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")


def words_of(text: str, rich: bool = False) -> str:
    """A text without markup, in one line, as a person would read it aloud; descriptions of pictures are read too."""
    if rich:
        text = _TAG.sub(lambda tag: f" {' '.join(_WORDS_IN_TAG.findall(tag[0]))} ", text)
        text = html.unescape(text)
    return " ".join(_UNSEEN.sub(" ", text).split())


def digest(text: str | None, rich: bool = False) -> str:
    """Twenty hexadecimal digits that stay the same while the words do; "" for a text without words.

    Spaces and, in rich text, markup do not count, nor does the way in which Unicode composes a letter: to change
    them asks nothing of a translator.
    """
    if not text:
        return ""
    words = unicodedata.normalize("NFC", words_of(text, rich).replace(" ", ""))
    return hashlib.blake2b(words.encode(), digest_size=10).hexdigest() if words else ""
