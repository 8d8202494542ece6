"""What many pages show alike is made once for each change of content, and kept by whoever knows of changes.

What shows one row and nothing else is made once for what the row holds. `iaec_site.page_cache` keeps both; without it
everything is made each time. See docs/decisions/0039-kept-blocks.md and 0046-kept-cards.md.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from types import FunctionType
from typing import Protocol, TypeVar

from django.db.models import Model
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from publishing import clock

Made = TypeVar("Made")


class Keeper(Protocol):
    def keeps(self) -> bool: ...

    def kept(self, key: tuple[Hashable, ...], make: Callable[[], Made], *, takes: bool, gives: bool) -> Made: ...

    def asked_of(self, ask: Callable[[], Made], in_vain: Callable[[Made], Collection[str]]) -> Made: ...

    def remembered(self, key: Callable[[], str], make: Callable[[], Made]) -> Made: ...


_keepers: list[Keeper] = []


def keep_with(keeper: Keeper) -> None:
    """From now on. There is one keeper in a process."""
    _keepers[:] = [keeper]


def once_per_change(
    name: tuple[Hashable, ...],
    make: Callable[[], Made],
    *,
    apart: bool = False,
    page: HttpRequest | None = None,
) -> Made:
    """What `make` returns, kept under a name until what it was made from changes, or something appears or ends by
    itself.

    It may depend on the content, the language, the moment and what the name says: never on who asks. All pages and
    threads get the same object, so nobody may change it.

    What it was made from is found out: the tables that it asked, and, as it may hold what was read for the page
    before, those that the page asked before it. Not so where `make` can hold nothing, as a plain function of a module,
    and where it is `apart`: then it promises to use nothing of its page and to give it nothing but text. Where nothing
    may be kept, it is made once for the `page`, if one is given.
    """
    if not _keepers or clock.is_set() or not _keepers[0].keeps():
        return make() if page is None else once_per_page(page, name, make)
    key = (*name, get_language(), get_script_prefix())
    return _keepers[0].kept(key, make, takes=not apart and holds_something(make), gives=not apart)


def once_per_page(page: HttpRequest, name: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
    """While nothing is kept: what several parts of a page show is read once for it."""
    made = page.__dict__.setdefault("made_for_this_page", {})
    key = (*name, get_language())
    if key not in made:
        made[key] = make()
    return made[key]


def holds_something(make: Callable) -> bool:
    """Whether a function knows more than the names of its module."""
    return not isinstance(make, FunctionType) or any((make.__closure__, make.__defaults__, make.__kwdefaults__))


def asked_of(ask: Callable[[], Made], in_vain: Callable[[Made], Collection[str]]) -> Made:
    """What `ask` returns, which a query looked for in more tables than it can come from: `in_vain` says which of them
    would have to change for nothing, as a join by a column that is empty in all rows.
    """
    return _keepers[0].asked_of(ask, in_vain) if _keepers else ask()


def once_per_content(item: Model, name: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
    """What `make` returns from an item, kept under all that was read of it: another change of content empties nothing.

    It may depend on these columns, the language, the day and what the name says, and must not ask the database. What
    else the passing of time changes in it an item says as `as_of_now`. Nobody may change the object.
    """
    if not _keepers or clock.is_set():
        return make()

    def key():
        now = getattr(item, "as_of_now", None)
        return repr((*name, get_language(), get_script_prefix(), clock.today(), now, content_of(item)))

    return _keepers[0].remembered(key, make)


def lazily(**makers: Callable[[], object]) -> dict[str, SimpleLazyObject]:
    """Parts of a template's context that are made when it first looks at them: never, where all that shows them is
    kept. To build a query costs as much as to ask it.
    """
    return {name: SimpleLazyObject(make) for name, make in makers.items()}


def content_of(item: Model, seen: tuple[int, ...] = ()) -> list:
    """What memory holds of a row: its columns, and the rows that were read along with it."""
    values: list = [type(item).__name__]
    seen = (*seen, id(item))
    for name, value in item.__dict__.items():
        if name == "_state":
            related = value.fields_cache.items()
        elif name == "_prefetched_objects_cache":
            related = ((f"{relation}[]", rows) for relation, rows in value.items())
        else:
            values += (name, value)
            continue
        for relation, found in related:
            rows = [found] if found is None or isinstance(found, Model) else found
            values.append((relation, [row and content_of(row, seen) for row in rows if id(row) not in seen]))
    return values
