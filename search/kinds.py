"""What can be found. Each app says it in its module `search_documents`: which rows, with which texts, since when.

    register(
        SearchKind(
            number=3,
            model=Post,
            label=_("News"),
            documents=post_documents,
            rows=lambda: Post._base_manager.select_related(...),
            related=[Related(City, "cities", ["name"])],
        )
    )

`documents` gets a row and yields a `Document` for each language in which the item exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models


@dataclass(frozen=True)
class Document:
    """The texts of one item in one language, without markup."""

    language: str
    title: str
    url: str
    lead: str = ""
    body: str = ""
    # What it is found by and not shown: its own other names, which count like the title, and those of its places.
    other_names: str = ""
    names: str = ""
    # Sorts it, and decides whether it is coming; None for what is bound to no date, date.max for “to be announced”.
    day: date | None = None
    # As known (EDTF), for the list of results.
    edtf: str = ""


@dataclass(frozen=True)
class Related:
    """Other rows whose texts stand in the documents of a kind, or decide whether they are seen.

    `path` leads from the kind to them. Of `columns` (all by default) a change concerns the documents.
    """

    model: type[models.Model]
    path: str
    columns: Sequence[str] = ()


@dataclass(frozen=True)
class Child:
    """Rows that belong to one item, and tell something in its documents: the winners of an edition, or the rows
    between it and its cities. `column` is their column with the item's key.
    """

    model: type[models.Model]
    column: str


@dataclass(frozen=True)
class SearchKind:
    # From 1 to 31, and for good: it is part of the numbers of the index's rows.
    number: int
    model: type[models.Model]
    label: str
    documents: Callable[[models.Model], Iterable[Document]]
    rows: Callable[[], models.QuerySet]
    related: Sequence[Related] = ()
    children: Sequence[Child] = ()
    # What has to be public with a row, itself included.
    depends_on: Callable[[models.Model], Iterable] = field(default=lambda item: [item])
    # Whether a day ahead means that it is coming.
    is_dated: bool = False

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    @property
    def parameter(self) -> str:
        """The kind in an address: `?type=event`."""
        return self.model._meta.model_name

    def window_of(self, item) -> tuple[datetime | None, datetime | None] | None:
        """From when until when the public may see a row; None for never."""
        parts = list(self.depends_on(item))
        if any(part.state != "published" for part in parts):
            return None
        start = max((part.publish_at for part in parts if part.publish_at), default=None)
        end = min((part.withdraw_at for part in parts if part.withdraw_at), default=None)
        return None if start and end and end <= start else (start, end)


_kinds: dict[str, SearchKind] = {}


def register(kind: SearchKind) -> None:
    """Called by an app's `search_documents`."""
    taken = {other.number for name, other in _kinds.items() if name != kind.name}
    if kind.number in taken or not 1 <= kind.number <= 31:
        raise ValueError(f"{kind.name}: {kind.number} is taken, or not from 1 to 31.")
    _kinds[kind.name] = kind


def kinds() -> dict[str, SearchKind]:
    """{name: kind}, in the order of their numbers, which is that of the filter in the page."""
    return dict(sorted(_kinds.items(), key=lambda pair: pair[1].number))


def kind_of_number(number: int) -> SearchKind | None:
    return next((kind for kind in _kinds.values() if kind.number == number), None)
