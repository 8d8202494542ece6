"""What the columns of a table mean: texts by language, items elsewhere, files, former addresses."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db.models import FileField, Model
from modeltranslation.translator import NotRegistered, translator

from iaec_site.backup.tables import Table, table_of
from iaec_site.content_export.kinds import CONTENT, NAMES, PERSONAL_FIELDS


class Field(NamedTuple):
    """One name in the export. `columns`: {language, or "" where there is one for all: its place in a row}.

    `kind`: as `backup.tables` calls it, or “reference”, “item” (a kind and a number beside each other), “file”,
    “slugs”. `to`: the label of the model that a reference leads to.
    """

    name: str
    kind: str
    columns: dict[str, int]
    to: str = ""


class Relation(NamedTuple):
    """A list of references: what stands between two tables."""

    name: str
    to: str
    table: str
    own_column: str
    other_column: str


class Kind(NamedTuple):
    label: str
    model: type[Model]
    table: Table
    fields: tuple[Field, ...]
    relations: tuple[Relation, ...]

    @property
    def name(self) -> str:
        """“news.post”, as search, ledger and addresses of the admin know it."""
        return self.model._meta.label_lower


@lru_cache(1)
def all_kinds() -> dict[str, Kind]:
    """{label: kind} of everything that is exported, in order."""
    return {label: kind_of(apps.get_model(label)) for label in CONTENT}


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def kind_of(model: type[Model]) -> Kind:
    label, table = model._meta.label, table_of(model)
    return Kind(label, model, table, tuple(fields_of(model, table)), tuple(relations_of(model)))


def translated_fields(model: type[Model]) -> frozenset[str]:
    try:
        return frozenset(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return frozenset()


def fields_of(model: type[Model], table: Table):
    """In the order of the model. A translated field's own column holds a copy of one language's and is left out."""
    place = {name: number for number, name in enumerate(table.names)}
    translated = translated_fields(model)
    of_languages = {f"{name}_{code}" for name in translated for code in languages()}
    for field in model._meta.local_concrete_fields:
        name = field.name
        if name in of_languages or name in PERSONAL_FIELDS.get(model._meta.label, ()):
            continue
        if name in translated:
            kind = table.columns[place[name]].kind
            yield Field(name, kind, {code: place[f"{name}_{code}"] for code in languages()})
        elif name == "content_type":
            yield Field("about", "item", {"kind": place[field.column], "item": place["object_id"]})
        elif field.remote_field:
            yield Field(name, "reference", {"": place[field.column]}, field.related_model._meta.label)
        elif name == "object_id" and "content_type_id" in place:
            continue  # with the field before
        elif name == "former_slugs":
            yield Field(name, "slugs", {"": place[name]})
        elif isinstance(field, FileField):
            yield Field(name, "file", {"": place[name]})
        else:
            yield Field(name, table.columns[place[field.column]].kind, {"": place[field.column]})


def relations_of(model: type[Model]):
    for field in model._meta.local_many_to_many:
        yield Relation(
            field.name,
            field.related_model._meta.label,
            field.remote_field.through._meta.db_table,
            field.m2m_column_name(),
            field.m2m_reverse_name(),
        )


class NameColumn(NamedTuple):
    """One of those by which an item is known. `to`: the label of the model that it leads to, or ""."""

    name: str
    to: str
    is_uuid: bool


def name_columns(label: str) -> list[NameColumn]:
    model = apps.get_model(label)
    translated = translated_fields(model)
    found = []
    for name in NAMES.get(label, ()):
        field = model._meta.get_field(f"{name}_{settings.LANGUAGE_CODE}" if name in translated else name)
        to = field.related_model._meta.label if field.remote_field else ""
        found.append(NameColumn(field.column, to, field.get_internal_type() == "UUIDField"))
    return found
