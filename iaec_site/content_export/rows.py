"""Rows of the database as items of the export, some hundred at a time: memory does not grow with the site."""
# ruff: noqa: S608 - what is put into statements here are names of our own tables and columns

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.files.storage import default_storage

from iaec_site.backup import rows as stored
from iaec_site.content_export.columns import Field, Kind, Relation, all_kinds, name_columns

AT_ONCE = 200
CHUNK = 1 << 20


class References:
    """Names of items, asked for together. A reference says both: the number, and a name that means something."""

    def __init__(self, connection):
        self.connection = connection
        self.quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, app_label, model FROM django_content_type")
            self.content_types = {number: f"{app}.{model}" for number, app, model in cursor.fetchall()}

    def names(self, label: str, keys: Iterable[int]) -> dict[int, str]:
        """{key: “networks.city:barcelona”} of items of a model, those that are there."""
        keys = sorted(set(keys))
        model = apps.get_model(label)
        start = f"{model._meta.label_lower}:"
        columns = name_columns(label)
        if not columns:
            return {key: f"{start}{key}" for key in self.there(model, keys)}
        found: dict[int, list] = {}
        wanted = ", ".join(self.quote(column.name) for column in columns)
        for row in self.rows(model._meta.db_table, wanted, model._meta.pk.column, keys):
            found[row[0]] = list(row[1:])
        for place, column in enumerate(columns):
            if column.to:
                names = self.names(column.to, {parts[place] for parts in found.values() if parts[place] is not None})
                for parts in found.values():
                    parts[place] = names.get(parts[place], "").partition(":")[2]
            elif column.is_uuid:
                for parts in found.values():
                    parts[place] = plain("uuid", parts[place])
        return {key: start + "/".join(map(said, parts)) for key, parts in found.items()}

    def there(self, model, keys: list[int]) -> list[int]:
        column = self.quote(model._meta.pk.column)
        return [row[0] for row in self.rows(model._meta.db_table, column, model._meta.pk.column, keys)]

    def rows(self, table: str, wanted: str, key: str, keys: list[int]) -> Iterator[tuple]:
        """(key, what is wanted …) of some rows, in the order of their keys."""
        table, key = self.quote(table), self.quote(key)
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            places = ", ".join(["%s"] * len(some))
            with self.connection.cursor() as cursor:
                cursor.execute(f"SELECT {key}, {wanted} FROM {table} WHERE {key} IN ({places}) ORDER BY {key}", some)
                yield from cursor.fetchall()

    def related(self, relation: Relation, keys: list[int]) -> dict[int, list[int]]:
        """{key of an item: keys of the other side}, in the order of these."""
        found: dict[int, list[int]] = defaultdict(list)
        for key, other in self.rows(relation.table, self.quote(relation.other_column), relation.own_column, keys):
            found[key].append(other)
        return {key: sorted(others) for key, others in found.items()}


def said(value: Any) -> str:
    """A part of a name."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def items(connection, kind: Kind, on_item: Callable[[], None] = lambda: None) -> Iterator[dict]:
    """Every row of a kind in the order of their numbers, as JSON knows it."""
    references = References(connection)
    rows = stored.rows(connection, kind.table)
    while some := list(islice(rows, AT_ONCE)):
        keys = [row[kind.table.key] for row in some]
        own = references.names(kind.label, keys)
        names = {to: references.names(to, referred(kind, to, some)) for to in leading_to(kind)}
        about = about_items(references, kind, some)
        related = {relation: references.related(relation, keys) for relation in kind.relations}
        others = {
            relation: references.names(relation.to, {key for keys in found.values() for key in keys})
            for relation, found in related.items()
        }
        for key, row in zip(keys, some, strict=True):
            item = {"ref": own.get(key, "")}
            for field in kind.fields:
                item[field.name] = value_of(field, row, names, about)
            for relation in kind.relations:
                keys_of_others = related[relation].get(key, [])
                item[relation.name] = [reference(one, others[relation]) for one in keys_of_others]
            yield item
            on_item()


def leading_to(kind: Kind) -> set[str]:
    return {field.to for field in kind.fields if field.kind == "reference"}


def referred(kind: Kind, to: str, some: list[list]) -> set[int]:
    places = [field.columns[""] for field in kind.fields if field.kind == "reference" and field.to == to]
    return {row[place] for row in some for place in places if row[place] is not None}


def about_items(references: References, kind: Kind, some: list[list]) -> dict[tuple[str, int], str]:
    """{(kind, number): name} of items that a row names by their kind and number."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for name, number in (pair for row in some for pair in pairs_of(kind, row, references)):
        wanted[name].add(number)
    labels = {one.name: label for label, one in all_kinds().items()}
    return {
        (name, number): found
        for name, keys in wanted.items()
        if name in labels
        for number, found in references.names(labels[name], keys).items()
    } | {("", number): name for number, name in references.content_types.items()}


def pairs_of(kind: Kind, row: list, references: References) -> Iterator[tuple[str, int]]:
    for field in kind.fields:
        if field.kind == "item":
            yield references.content_types.get(row[field.columns["kind"]], ""), row[field.columns["item"]]
    names = {field.name: field for field in kind.fields}
    if {"kind", "item"} <= names.keys():
        yield row[names["kind"].columns[""]], row[names["item"].columns[""]]


def reference(key: int | None, names: dict[int, str]) -> dict | None:
    return None if key is None else {"id": key, "ref": names.get(key, "")}


def value_of(field: Field, row: list, names: dict[str, dict[int, str]], about: dict) -> Any:
    if "" not in field.columns and field.kind != "item":
        return {code: plain(field.kind, row[place]) for code, place in field.columns.items()}
    if field.kind == "item":
        number = row[field.columns["item"]]
        if number is None:
            return None
        kind = about.get(("", row[field.columns["kind"]]), "")
        return {"kind": kind, "id": number, "ref": about.get((kind, number), "")}
    value = row[field.columns[""]]
    match field.kind:
        case "reference":
            return reference(value, names[field.to])
        case "file":
            return file_of(value)
        case "slugs":
            return slugs_of(value)
    return plain(field.kind, value)


def plain(kind: str, value: Any) -> Any:
    """What travels as text in a backup is what it is here."""
    if value is None:
        return None
    if kind == "json" and isinstance(value, str):
        return json.loads(value)
    return str(value if isinstance(value, UUID) else UUID(value)) if kind == "uuid" else value


def slugs_of(value: str | None) -> list[dict]:
    """As `publishing.former_slugs` keeps them: “en:slug”, with "" for all languages."""
    return [
        {"language": language, "slug": slug}
        for language, _, slug in (one.partition(":") for one in (value or "").split())
    ]


def file_of(name: str | None) -> dict | None:
    """A file by its path in the storage, below `media/` of a backup, and its content's checksum."""
    if not name:
        return None
    digest, size = hashlib.sha256(), 0
    try:
        with default_storage.open(name) as file:
            while data := file.read(CHUNK):
                digest.update(data)
                size += len(data)
    except OSError:
        return {"path": name, "bytes": None, "sha256": None}
    return {"path": name, "bytes": size, "sha256": digest.hexdigest()}
