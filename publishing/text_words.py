"""The words of a text without its markup, and names for its versions."""

from __future__ import annotations

import hashlib
import html
import re

from publishing.rich_text import clean_html

_TAG = re.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
# These stand within a word or beside a full stop, and read aloud they are nothing.
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|u)\b", re.I)
# All of them, one after the other: an address may hold "title=" itself.
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_READ_ALOUD = {"alt", "title"}
# What str.split does not take for a space.
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")

# The editor writes line breaks between blocks in its own way; that is nobody's change.
_AROUND_BLOCKS = re.compile(r"\s*(</?(?:p|h[2-4]|[uo]l|li|blockquote|table|t[rdh]|thead|tbody|figure|hr)\b[^>]*>)\s*")


def words_of(text: str, rich: bool = False) -> str:
    """A text without markup, in one line, as a person would read it aloud; descriptions of pictures are read too."""
    if rich:
        text = html.unescape(_TAG.sub(_read_aloud, text))
    return " ".join(_UNSEEN.sub(" ", text).split())


def _read_aloud(tag: re.Match[str]) -> str:
    attributes = _ATTRIBUTE.findall(tag[0])
    words = " ".join(double or single for name, double, single in attributes if name.lower() in _READ_ALOUD)
    return f" {words} " if words or not _INLINE.match(tag[0]) else ""


def fingerprint(text: str | None, rich: bool) -> str:
    """Tells two versions of one text apart, by markup too, but not by how lines are broken in the code."""
    text = " ".join((text or "").split())
    if rich:
        text = _AROUND_BLOCKS.sub(r"\1", clean_html(text)).strip()
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest() if text else ""
