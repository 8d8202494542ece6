"""What many pages show alike is made once for each change of content, and kept by whoever knows of changes.

`iaec_site.page_cache` does; without it everything is made each time. See docs/decisions/0039-kept-blocks.md.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar

from django.urls import get_script_prefix
from django.utils.translation import get_language

from publishing import clock

Made = TypeVar("Made")


class Keeper(Protocol):
    def kept(self, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Made: ...


_keepers: list[Keeper] = []


def keep_with(keeper: Keeper) -> None:
    """From now on. There is one keeper in a process."""
    _keepers[:] = [keeper]


def once_per_change(name: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
    """What `make` returns, kept under a name until content changes or something appears or ends by itself.

    It may depend on the content, the language, the moment and what the name says: never on who asks. All pages and
    threads get the same object, so nobody may change it.
    """
    if not _keepers or clock.is_set():
        return make()
    return _keepers[0].kept((*name, get_language(), get_script_prefix()), make)
