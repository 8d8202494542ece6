"""Texts of WordPress before there is a paragraph in them: comments of the block editor, and plain line breaks.

The classic editor keeps paragraphs as blank lines and makes them when a page is shown; the block editor keeps real
ones between comments, `<!-- wp:paragraph -->`. Some blocks are nothing but such a comment: what they show is made by
WordPress at each visit, and cannot be taken over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

# Comments first, and what they say then: so a text full of beginnings without an end is read once.
COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
BLOCK = re.compile(r"\s*(/?)wp:([a-z][a-z0-9_/-]*)\s*(?:\{.*\}\s*)?(/?)", re.DOTALL)
BREAK = re.compile(r"\s*(?:more\b.*|noteaser|nextpage)\s*", re.DOTALL)
# Self-closing comments of blocks that show nothing of their own, or only what pages here have anyway.
HARMLESS = frozenset("spacer separator more nextpage site-title post-title post-content".split())

PARTS = "table|thead|tfoot|caption|colgroup|tbody|tr|td|th|ul|ol|li|dl|dt|dd|figcaption|summary"
OUTER = "div|section|article|aside|header|footer|main|nav|blockquote|figure|form|address|details|hr"
OF_TEXT = "h[1-6]|p|pre"
BEGINS_BLOCK = re.compile(rf"</?(?:{PARTS}|{OUTER}|{OF_TEXT}|iframe|video|audio|script|style)\b", re.IGNORECASE)
APART = re.compile(rf"(</?(?:{OUTER}|table|ul|ol|dl)\b[^<>]*>)", re.IGNORECASE)
BEGIN = re.compile(rf"(<(?:{OF_TEXT})\b)", re.IGNORECASE)
END = re.compile(rf"(</(?:{OF_TEXT})\s*>)", re.IGNORECASE)
KEPT = re.compile(r"<(pre|script|style|textarea)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
PLACE = re.compile("\ue000([0-9]+)\ue001")


def has_blocks(text: str) -> bool:
    return "<!-- wp:" in text


def without_block_comments(text: str, note: Callable[[str], None]) -> str:
    """HTML without any comment; blocks that held nothing else are told."""
    lost: Counter = Counter()

    def read(match: re.Match) -> str:
        block = BLOCK.fullmatch(match[1])
        if block is None:
            return "\n\n" if BREAK.fullmatch(match[1]) else ""
        if block[3] and not block[1] and block[2].rpartition("/")[2] not in HARMLESS:
            lost[block[2]] += 1
        return ""

    text = COMMENT.sub(read, text)
    for name, times in lost.items():
        note(f"block “{name}”, which WordPress fills at each visit" + (f", {times} times" if times > 1 else ""))
    return text


def with_paragraphs(text: str) -> str:
    """What the classic editor kept, with a paragraph for what stands between blank lines and a break for each line."""
    kept: list[str] = []

    def put_away(match: re.Match) -> str:
        kept.append(match[0])
        return f"\n\n\ue000{len(kept) - 1}\ue001\n\n"

    text = re.sub("[\ue000\ue001]", "", text).replace("\r\n", "\n").replace("\r", "\n")
    text = APART.sub(r"\n\n\1\n\n", KEPT.sub(put_away, text))
    text = BEGIN.sub(r"\n\n\1", END.sub(r"\1\n\n", text))
    out = []
    for part in re.split(r"\n[ \t]*\n\s*", text):
        part = part.strip()
        if not part:
            continue
        if BEGINS_BLOCK.match(part) or PLACE.fullmatch(part):
            out.append(part)
        else:
            out.append(f"<p>{re.sub(r'(?<!<br>)(?<!<br />)(?<!<br/>)' + chr(10), '<br>' + chr(10), part)}</p>")
    return PLACE.sub(lambda match: kept[int(match[1])], "\n".join(out))
