"""The address of an item's pages in the admin, the one way in which everything finds it."""

from __future__ import annotations

from django.db import models
from django.urls import NoReverseMatch, reverse


def admin_address(kind: str | models.Model | type[models.Model], pk=None, page: str = "") -> str:
    """Of an item's form or, with `page`, of another page about it; without a key, of the list of its kind.

    `kind` is a model, an item (whose key is then known) or a name, "agenda.event". "" where there is no such page.
    """
    if isinstance(kind, models.Model) and pk is None:
        pk = kind.pk
    label = kind if isinstance(kind, str) else kind._meta.label_lower
    page = page or ("changelist" if pk is None else "change")
    try:
        return reverse(f"admin:{label.replace('.', '_')}_{page}", args=[] if pk is None else [pk])
    except NoReverseMatch:
        return ""
