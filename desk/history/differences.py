"""What differs between two versions of an item, by the names that editors know and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext

from desk.history.kinds import Kind, RowKind, shown_columns
from desk.history.recording import versions_of
from desk.history.snapshots import Snapshot, differ, python_value, same
from desk.value_words import words_of_value
from publishing.rich_text import RichTextField

ROWS = "rows:"
# What the name of a row is made of, so that it is not asked for row by row.
NAMED_WITH = {"auth.Permission": ["content_type"]}


def part_of(place: str) -> str:
    """The part of a form in which a place stands: a field is its own, a row belongs to all rows of its kind."""
    return ":".join(place.split(":")[:2])


@dataclass
class Difference:
    """`place` is the name of a field, or "rows:", the model of a row and its key: "rows:editions.figure:12".

    `language` is "" for what has none.
    """

    place: str
    label: str
    language: str
    rich: bool
    before: str
    after: str

    @property
    def part(self) -> str:
        return part_of(self.place)


class Words:
    """Says values in words. What it is to name is collected first, then asked for once for each kind of thing."""

    def __init__(self, form_fields):
        self.form_fields = form_fields
        self.wanted: dict[type[models.Model], set] = {}
        self.names: dict[tuple[type[models.Model], int], str] = {}

    def want(self, columns: Iterable[models.Field], *values: dict) -> None:
        for column in columns:
            if column.remote_field:
                keys = self.wanted.setdefault(column.remote_field.model, set())
                for one in values:
                    found = one.get(column.name)
                    keys.update(found if isinstance(found, list) else [] if found is None else [found])

    def ask(self) -> None:
        gone = {}
        for model, keys in self.wanted.items():
            if not keys:
                continue
            rows = model._base_manager.filter(pk__in=keys).select_related(*NAMED_WITH.get(model._meta.label, ()))
            self.names |= {(model, row.pk): str(row) for row in rows}
            if left := [key for key in keys if (model, key) not in self.names]:
                gone[model] = left
        if gone:
            self.names |= names_of_deleted(gone)

    def of(self, column: models.Field, value) -> str:
        if value is None or value == "" or value == []:
            return ""
        if column.remote_field:
            keys = value if isinstance(value, list) else [value]
            model = column.remote_field.model
            return ", ".join(sorted(self.names.get((model, key), gettext("(deleted)")) for key in keys))
        if isinstance(column, models.FileField):
            return str(value).rpartition("/")[2]
        if isinstance(column, RichTextField):
            return value
        return words_of_value(column, python_value(column, value), self.form_fields.get(column.name))

    def of_row(self, row: RowKind, values: dict | None) -> str:
        """All of it, a line for each column that says something."""
        if values is None:
            return ""
        lines = []
        for column in shown_columns(row.columns):
            if column.name == row.link.name:
                continue
            words = self.of(column, values.get(column.name))
            if words and not (isinstance(column, models.BooleanField) and not values[column.name]):
                lines.append(f"{label_of_column(column, in_line=True)}: {words}")
        return "\n".join(lines)


def names_of_deleted(gone: dict) -> dict:
    """By the names that the last versions have."""
    found = {}
    for model, keys in gone.items():
        versions = versions_of(model).filter(object_id__in=[str(key) for key in keys])
        for key, name in versions.order_by("pk").values_list("object_id", "object_repr"):
            if name:
                found[model, int(key)] = gettext("%(name)s (deleted)") % {"name": name}
    return found


class FormFields:
    """Fields that a form has of its own: they know the names of codes. Each is made when it is first needed."""

    def __init__(self, own: admin.ModelAdmin):
        options = getattr(own.form, "_meta", None)  # none where nothing of the form is special
        self.classes = getattr(options, "field_classes", None) or {}
        self.made: dict = {}

    def get(self, name: str):
        if name in self.classes and name not in self.made:
            self.made[name] = self.classes[name]()
        return self.made.get(name)


def label_of_column(column: models.Field, in_line: bool = False) -> str:
    translated = getattr(column, "translated_field", None)
    label = capfirst(str((translated or column).verbose_name))
    return f"{label} ({column.language.upper()})" if translated is not None and in_line else label


def differences_of(pairs: list[tuple[Snapshot, Snapshot]], own: admin.ModelAdmin) -> list[list[Difference]]:
    """For each pair (before, after) what differs. As many queries for twenty pairs as for one."""
    words = Words(FormFields(own))
    changes = [list(changed(*pair, words)) for pair in pairs]
    words.ask()
    return [[found for change in of_pair if (found := in_words(change, words))] for of_pair in changes]


def changed(before: Snapshot, after: Snapshot, words: Words):
    """(column, None, value before, value after) and (kind of row, its key, values before, values after)."""
    kind: Kind = after.kind
    for column in kind.shown:
        if column.name not in before.values or column.name not in after.values:
            continue
        old, new = before.values[column.name], after.values[column.name]
        if not same(old, new):
            words.want([column], before.values, after.values)
            yield column, None, old, new
    for row in kind.rows:
        if row.name not in before.rows or row.name not in after.rows:
            continue
        shown = shown_columns(row.columns)
        old_rows, new_rows = before.rows[row.name], after.rows[row.name]
        for pk in dict.fromkeys([*old_rows, *new_rows]):
            old, new = old_rows.get(pk), new_rows.get(pk)
            if old is None or new is None or differ(old, new, shown):
                words.want(shown, *filter(None, [old, new]))
                yield row, pk, old, new


def in_words(change, words: Words) -> Difference | None:
    """None where both say the same: a number that is written another way."""
    what, pk, old, new = change
    if isinstance(what, RowKind):
        label = capfirst(str(what.model._meta.verbose_name))
        place = f"{ROWS}{what.name}:{pk}"
        found = Difference(place, label, "", False, words.of_row(what, old), words.of_row(what, new))
    else:
        rich = isinstance(what, RichTextField)
        language = getattr(what, "language", "") if hasattr(what, "translated_field") else ""
        found = Difference(what.name, label_of_column(what), language, rich, words.of(what, old), words.of(what, new))
    return found if found.before != found.after else None


def whole(snapshot: Snapshot, own: admin.ModelAdmin) -> list[Difference]:
    """Everything that an item was, as if it had come out of nothing."""
    kind = snapshot.kind
    values = {column.name: None for column in kind.columns} | {relation.name: [] for relation in kind.sets}
    nothing = Snapshot(kind, snapshot.pk, values, {row.name: {} for row in kind.rows})
    return differences_of([(nothing, snapshot)], own)[0]
