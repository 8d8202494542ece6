"""What somebody sent and could not save, to copy it from a page that needs no database: each text under its label."""

from __future__ import annotations

import re

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms.models import _get_foreign_key
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.text import capfirst
from django.utils.translation import gettext

from desk.history.differences import label_of_column

# What forms carry along and nobody types.
NOT_SHOWN = ("csrf", "password", "_", "text-", "source-")
COUNTERS = ("_FORMS", "-id")
CARRIED = {"action", "consent", "live_digest", "packed", "seen", "select_across", "uid", "version"}
NUMBERED = re.compile(r"(?P<prefix>.+)-(?P<number>\d+)-(?P<name>[a-z]\w*)", re.ASCII)


def typed_texts(data: QueryDict, path: str) -> list[tuple[str, str]]:
    """`[(label, text), …]` of what was sent to an address of the admin, as its form calls it."""
    own = admin_at(path)
    return [
        (label_of(name, own), words_of_choice(name, text, own))
        for name, texts in data.lists()
        for text in texts
        if text.strip() and is_typed(name)
    ]


def is_typed(name: str) -> bool:
    last = name.rpartition("-")[2]
    return not (name.startswith(NOT_SHOWN) or name.endswith(COUNTERS) or "password" in name or last in CARRIED)


def admin_at(path: str) -> admin.ModelAdmin | None:
    """The admin whose page stands at an address."""
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    while view is not None:
        own = getattr(view, "model_admin", None) or getattr(view, "__self__", None)
        if isinstance(own, admin.ModelAdmin):
            return own
        view = getattr(view, "__wrapped__", None)
    return None


def label_of(name: str, own: admin.ModelAdmin | None) -> str:
    """“Title (FR)”, “Figure 2: value”; a name that no model knows stays, in words."""
    column, row = column_and_row(name, own)
    label = label_of_column(column, in_line=True) if column is not None else capfirst(name.replace("_", " "))
    return gettext("%(row)s: %(field)s") % {"row": row, "field": label} if row else label


def words_of_choice(name: str, text: str, own: admin.ModelAdmin | None) -> str:
    column, _row = column_and_row(name, own)
    return str(dict(column.flatchoices).get(text, text)) if column is not None and column.choices else text


def column_and_row(name: str, own: admin.ModelAdmin | None) -> tuple[models.Field | None, str]:
    """The column that a name of a form stands for, and which of several rows it is in, if any."""
    numbered = NUMBERED.fullmatch(name)
    if numbered is None:
        return column_named(name, own.model if own else None), ""
    number = int(numbered["number"]) + 1
    for inline in own.inlines if own else ():
        link = _get_foreign_key(own.model, inline.model, fk_name=inline.fk_name)
        if link.remote_field.get_accessor_name(model=inline.model) == numbered["prefix"]:
            kind = capfirst(str(inline.model._meta.verbose_name))
            return column_named(numbered["name"], inline.model), f"{kind} {number}"
    return column_named(numbered["name"], own.model if own else None), str(number)


def column_named(name: str, model: type[models.Model] | None) -> models.Field | None:
    """Of the page's own model, or of another one, as on the translator's page, where all kinds are written."""
    for candidate in [model, *admin.site._registry] if model else admin.site._registry:
        try:
            column = candidate._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(column, models.Field):
            return column
    return None
