"""Who may not change an item may still write its translations; the app that knows languages says which, and how.

`desk` stands below `translations`, so that one announces itself here when the site starts.
"""

from __future__ import annotations

from typing import Protocol


class Texts(Protocol):
    def columns(self, request, item) -> set[str]:
        """Names of the columns of an item that somebody may write as its translator."""

    def save(self, request, item, texts: dict[str, str]) -> list[str]:
        """Write them; returns what is wrong with them instead, if anything."""


_announced: list[Texts] = []


def announce(texts: Texts) -> None:
    _announced.append(texts)


def columns_for(request, item) -> set[str]:
    return set().union(*(texts.columns(request, item) for texts in _announced))


def save(request, item, texts: dict[str, str]) -> list[str]:
    return [error for one in _announced for error in one.save(request, item, texts)]
