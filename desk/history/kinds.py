"""Of which items a history is kept, and what of them: as the admins say that edit them.

Every admin on our bases has a history, with its columns, relations and the rows of its inlines, unless it says
`keeps_history = False`. An admin that is added later is found here without a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth import get_user_model
from django.db import models
from django.forms.models import _get_foreign_key


@dataclass(frozen=True, eq=False)
class RowKind:
    """Rows of another table that are edited in the form of an item, and belong to its versions."""

    model: type[models.Model]
    link: models.ForeignKey
    columns: tuple[models.Field, ...]

    @property
    def name(self) -> str:
        return self.model._meta.label_lower


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of item: its columns without those that modeltranslation only reads through, and what hangs on it."""

    model: type[models.Model]
    columns: tuple[models.Field, ...]
    sets: tuple[models.ManyToManyField, ...]
    rows: tuple[RowKind, ...]
    # What editors see of it, in the order of its form.
    shown: tuple[models.Field, ...]

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    @property
    def names_a_person(self) -> bool:
        """Whether its title is somebody's name, which must not outlive their account in a history."""
        return any(
            isinstance(field, models.ForeignKey) and field.remote_field.model is get_user_model()
            for field in self.columns
        )


@cache
def kinds() -> dict[type[models.Model], Kind]:
    """Read from the admins once, when they are all there; `forget_kinds` after another one was registered."""
    return {model: kind_of(own) for model, own in admin.site._registry.items() if keeps_history(own)}


def forget_kinds() -> None:
    kinds.cache_clear()
    roots.cache_clear()


def keeps_history(own: admin.ModelAdmin) -> bool:
    return getattr(own, "keeps_history", False)


def kind_of(own: admin.ModelAdmin) -> Kind:
    model = own.model
    rows = []
    for inline in own.inlines:
        link = _get_foreign_key(model, inline.model, fk_name=inline.fk_name)
        rows.append(RowKind(inline.model, link, columns_of(inline.model)))
    sets = [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]
    columns = tuple(column for column in columns_of(model) if column.name not in own.unrecorded_fields)
    order = {name: number for number, name in enumerate(flatten_fieldsets(own.fieldsets or ()))}
    shown = sorted(
        [*shown_columns(columns), *sets],
        key=lambda field: order.get(getattr(field, "translated_field", field).name, len(order)),
    )
    return Kind(model, columns, tuple(sets), tuple(rows), tuple(shown))


def shown_columns(columns) -> list[models.Field]:
    return [column for column in columns if column.editable]


def columns_of(model) -> tuple[models.Field, ...]:
    """The real ones: a translated field's own column holds whatever language was active when it was saved."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    read_through = {field.translated_field.name for field in fields if hasattr(field, "translated_field")}
    return tuple(field for field in fields if field.name not in read_through)


@cache
def roots() -> dict[type[models.Model], list[tuple[Kind, str]]]:
    """{model of rows: [(kind of the items that they belong to, column that names the item)]}"""
    found: dict = {}
    for kind in kinds().values():
        for row in kind.rows:
            found.setdefault(row.model, []).append((kind, row.link.attname))
    return found


def referring(model) -> list[tuple[Kind, models.Field]]:
    """Fields of recorded items that are emptied by the database when an item of this model is deleted."""
    found = []
    for kind in kinds().values():
        found += [
            (kind, field)
            for field in kind.columns
            if field.remote_field
            and field.remote_field.model is model
            and field.remote_field.on_delete is models.SET_NULL
        ]
        found += [(kind, field) for field in kind.sets if field.remote_field.model is model]
    return found
