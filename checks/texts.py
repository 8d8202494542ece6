"""The texts and addresses of an item, wherever its model keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from django.db import models

from publishing.rich_text import RichTextField
from publishing.slugs import languages


class Column(NamedTuple):
    """A column of the database; `language` is "" where the field is not translated."""

    field: str
    language: str
    attname: str


@cache
def columns_of(model: type[models.Model], kind: type[models.Field]) -> tuple[Column, ...]:
    """The columns of fields of this kind, one for each language of a translated field."""
    found, translated = [], set()
    for column in model._meta.concrete_fields:
        original = getattr(column, "translated_field", None)
        if original is not None and isinstance(original, kind):
            found.append(Column(original.name, column.language, column.attname))
            translated.add(original.name)
        elif original is None and isinstance(column, kind):
            found.append(Column(column.name, "", column.attname))
    # Of a translated field, the column without a language holds a copy of one of the others.
    return tuple(column for column in found if column.language or column.field not in translated)


def rich_texts(item) -> Iterator[tuple[Column, str]]:
    """The rich texts that are there, by column."""
    for column in columns_of(type(item), RichTextField):
        if html := getattr(item, column.attname, None):
            yield column, html


# {model: addresses that its items show and that stand in rows of another table}; see `also_leads_to`.
FURTHER_ADDRESSES: dict[type[models.Model], Callable] = {}


def also_leads_to(model, addresses: Callable[[models.Model], Iterable[str]]) -> None:
    """Says how to find addresses that belong to an item of this model, beside its own columns."""
    FURTHER_ADDRESSES[model] = addresses


def written_addresses(item) -> Iterator[tuple[Column, str]]:
    """What stands in the fields for an address."""
    for address in FURTHER_ADDRESSES.get(type(item), lambda item: ())(item):
        yield Column("", "", ""), address
    for column in columns_of(type(item), models.URLField):
        if address := getattr(item, column.attname, None):
            yield column, address


def title_name(model) -> str:
    """The field by which the model's items are called; "" where they borrow their texts from another item."""
    name = getattr(model, "title_field", "title")
    return name if any(field.name == name for field in model._meta.concrete_fields) else ""


def titles(item) -> dict[str, str]:
    """{language: title}, those that are there; {} where the title is not translated."""
    name = title_name(type(item))
    found = {code: getattr(item, f"{name}_{code}", None) for code in languages()} if name else {}
    return {code: text for code, text in found.items() if text}
