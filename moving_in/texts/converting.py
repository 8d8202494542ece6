"""A text of WordPress as a rich text here, with its first lines and its teaser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from moving_in.texts.markup import Surroundings, rich_text
from moving_in.texts.paragraphs import has_blocks, with_paragraphs, without_block_comments
from moving_in.texts.shortcodes import without_shortcodes
from moving_in.texts.tree import tree_of

LONGEST = 1_000_000  # characters; what is longer holds files written into the text
# Elements in one another. Parsers of HTML take a time that grows with the square of it.
DEEPEST = 400
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
# Their ends may be left out, or there are none.
NOT_COUNTED = frozenset("p li dt dd td th tr thead tbody tfoot br hr img input source embed wbr col link meta".split())
WRITTEN_IN = re.compile(r"""(\bsrc\s*=\s*)(["'])data:[^"'<>]*\2""", re.IGNORECASE)
END_OF_LINE = re.compile(r"</(?:p|h[2-4]|li|blockquote|td|th|figcaption|pre)>|<br>|<hr>")
ANY_TAG = re.compile(r"<[^>]*>")
TITLE, TEASER = 200, 400
LONGEST_PLAIN = 20_000
SENTENCE_END = re.compile(r"(?<=[.!?…])\s")


class TooLong(ValueError):
    """A text that nobody wrote by hand."""


def converted(content: str, around: Surroundings, *, attached: Callable[[], Iterable[int]]) -> str:
    """Cleaned HTML. Raises TooLong."""
    content, files = WRITTEN_IN.subn(r'\1"/?data"', content)
    if files:
        around.note("picture", f"{files} written into the text itself (data:)")
    if len(content) > LONGEST:
        raise TooLong(f"its text has more than {LONGEST:,} characters")
    if is_deep(content):
        raise TooLong(f"in its text, more than {DEEPEST} elements lie in one another")

    def note(text: str) -> None:
        around.note("text", text)

    is_of_blocks = has_blocks(content)
    content = without_block_comments(content, note)
    content = without_shortcodes(content, attached=attached, note=note)
    if not is_of_blocks:
        content = with_paragraphs(content)
    return rich_text(content, around)


def is_deep(html: str) -> bool:
    depth = 0
    for match in TAG.finditer(html):
        if match[2].lower() not in NOT_COUNTED:
            depth = max(0, depth - 1) if match[1] else depth + 1
            if depth > DEEPEST:
                return True
    return False


def first_lines(html: str, most: int = 8) -> list[str]:
    """The first lines of cleaned HTML, without markup."""
    found = []
    for piece in END_OF_LINE.split(html[:20_000]):
        if line := " ".join(plain(piece).split()):
            found.append(line)
            if len(found) == most:
                break
    return found


def plain(html: str) -> str:
    """Words alone; of the beginning of any HTML."""
    html = html[:LONGEST_PLAIN]
    if "<" not in html and "&" not in html:
        return html
    return tree_of(html).text()


def title_of(text: str, number: int) -> tuple[str, str]:
    """A title without markup, of a length that there is room for; and what was done to it, "" for nothing."""
    words = " ".join(plain(text).split())
    if not words:
        return f"({number})", "it had no title; its number stands for it"
    if len(words) <= TITLE:
        return words, ""
    return cut(words, TITLE), f"shortened: {words}"


def teaser_of(excerpt: str) -> str:
    """A manual excerpt as one or two sentences of plain text."""
    words = " ".join(plain(excerpt).split())
    words = re.sub(r"\[[\w-]+[^\]]{0,200}\]|\s*\[…\]|\s*\[&hellip;\]", "", words).strip()
    if len(words) <= TEASER:
        return words
    sentences = SENTENCE_END.split(words[:TEASER])
    return " ".join(sentences[:-1]) if len(sentences) > 1 else cut(words, TEASER)


def cut(words: str, length: int) -> str:
    return (
        words[: length - 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…"
        if " " in words[: length - 1]
        else (words[: length - 1] + "…")
    )
