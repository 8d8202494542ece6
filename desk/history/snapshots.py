"""An item as it is stored, whole: its columns, its relations and the rows of its form, as text and back.

Read from the tables rather than from objects in memory: what a list deferred is there, what a field cleaned on its
way in is clean, and many items take no more queries than one. The text is what Django's own JSON serialiser makes of
the item, with its rows after it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from desk.history.kinds import Kind, shown_columns

AT_ONCE = 500


class ExactEncoder(DjangoJSONEncoder):
    """Django's cuts moments to milliseconds; a moment that comes back is to be the same one."""

    def default(self, value):
        return value.isoformat() if isinstance(value, datetime | time) else super().default(value)


@dataclass
class Snapshot:
    """Values by the names of fields: those of JSON in `values`, lists of keys for relations to several."""

    kind: Kind
    pk: int
    values: dict
    rows: dict[str, dict[int, dict]] = field(default_factory=dict)  # {model of the rows: {key: values}}

    @property
    def text(self) -> str:
        parts = [{"model": self.kind.name, "pk": self.pk, "fields": self.values}]
        for name, rows in self.rows.items():
            parts += [{"model": name, "pk": pk, "fields": values} for pk, values in rows.items()]
        return json.dumps(parts, cls=ExactEncoder, ensure_ascii=False)

    def as_read(self) -> Snapshot:
        """As it will be when it is read again."""
        return from_text(self.kind, self.text)

    @property
    def label(self) -> str:
        """The item's name at that time: the title in its source language, else in any."""
        return label_of(self.kind, self.values, self.pk)

    def differs(self, other: Snapshot) -> bool:
        """In anything that editors see. A column that either does not know yet does not count."""
        if differ(self.values, other.values, self.kind.shown):
            return True
        for row in self.kind.rows:
            if row.name in self.rows and row.name in other.rows:
                mine, theirs, shown = self.rows[row.name], other.rows[row.name], shown_columns(row.columns)
                if mine.keys() != theirs.keys() or any(differ(mine[pk], theirs[pk], shown) for pk in mine):
                    return True
        return False


def differ(mine: dict, theirs: dict, columns) -> bool:
    names = [column.name for column in columns if column.name in mine and column.name in theirs]
    return any(not same(mine[name], theirs[name]) for name in names)


def same(mine, theirs) -> bool:
    """An empty text is the same as none; zero and “no” are not."""
    return mine == theirs or (mine in (None, "", []) and theirs in (None, "", []))


def from_text(kind: Kind, text: str) -> Snapshot:
    first, *others = json.loads(text)
    snapshot = Snapshot(kind, first["pk"], first["fields"])
    if first.get("model") == kind.name:
        snapshot.rows = {row.name: {} for row in kind.rows}
        for part in others:
            snapshot.rows.setdefault(part["model"], {})[part["pk"]] = part["fields"]
    return snapshot


def read(kind: Kind, pks: Iterable[int]) -> dict[int, Snapshot]:
    """{key: Snapshot} of the items that are there, in as many queries for one as for five hundred."""
    pks, found = sorted(set(pks)), {}
    for start in range(0, len(pks), AT_ONCE):
        found |= read_some(kind, pks[start : start + AT_ONCE])
    return found


def read_some(kind: Kind, pks: list[int]) -> dict[int, Snapshot]:
    found = {
        pk: Snapshot(kind, pk, values, {row.name: {} for row in kind.rows})
        for pk, values in stored(kind.model, kind.columns, pk__in=pks)
    }
    for relation in kind.sets:
        for snapshot in found.values():
            snapshot.values[relation.name] = []
        through = relation.remote_field.through
        near, far = (
            through._meta.get_field(name).attname
            for name in (relation.m2m_field_name(), relation.m2m_reverse_field_name())
        )
        pairs = plain_rows(through).filter(**{f"{near}__in": found}).order_by(far).values_list(near, far)
        for pk, other in pairs:
            found[pk].values[relation.name].append(other)
    for row in kind.rows:
        link = row.link.name
        for pk, values in stored(row.model, row.columns, **{f"{row.link.attname}__in": found}):
            if values[link] in found:
                found[values[link]].rows[row.name][pk] = values
    return found


def stored(model, columns, **conditions):
    rows = plain_rows(model).filter(**conditions).order_by("pk")
    names = [column.name for column in columns]
    for pk, *values in rows.values_list("pk", *(column.attname for column in columns)):
        yield pk, dict(zip(names, values, strict=True))


def plain_rows(model) -> models.QuerySet:
    """Without modeltranslation, which would put columns that are asked for into an order of its own."""
    return models.QuerySet(model)


def label_of(kind: Kind, values: dict, pk) -> str:
    if kind.names_a_person:
        return ""
    title = getattr(kind.model, "title_field", "title")
    starts = [values.get(f"{title}_{values.get('source_language')}"), values.get(title)]
    others = [value for name, value in values.items() if name.startswith(f"{title}_")]
    for value in [*starts, *others]:
        if value and isinstance(value, str):
            return value
    return str(item_in_memory(kind.model, kind.columns, values, pk))


def item_in_memory(model, columns, values: dict, pk=None) -> models.Model:
    """A row that is not saved; columns that `values` does not know have their defaults."""
    item = model(pk=pk)
    for column in columns:
        if column.name in values:
            setattr(item, column.attname, python_value(column, values[column.name]))
    return item


def python_value(column, value):
    """What a field's column holds, of what JSON made of it."""
    target = column.target_field if column.remote_field else column
    return None if value is None else target.to_python(value)
