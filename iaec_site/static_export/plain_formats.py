"""Addresses in what is no page: style sheets, and calendars, whose lines are folded."""

from __future__ import annotations

import re
from collections.abc import Callable

from agenda.content_lines import folded

_OF_STYLE = re.compile(
    r"""url\(\s*(?P<quote>["']?)(?P<url>[^"')]+)(?P=quote)\s*\)|@import\s+["'](?P<sheet>[^"']+)["']"""
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def links_of_style(text: str) -> list[str]:
    """What a style sheet loads: `url()` and `@import` (CSS Values 4, CSS Cascade 5); data within it is no link."""
    found = (match["url"] or match["sheet"] for match in _OF_STYLE.finditer(_COMMENT.sub("", text)))
    return [link.strip() for link in found if not link.strip().startswith(("data:", "#"))]


def refolded(calendar: bytes, change: Callable[[str], str]) -> bytes:
    """An iCalendar whose text was changed. Its lines are of 75 bytes at most (RFC 5545, 3.1), so addresses are cut."""
    lines = calendar.decode().replace("\r\n ", "").replace("\r\n\t", "").removesuffix("\r\n").split("\r\n")
    return folded(change(line) for line in lines)
