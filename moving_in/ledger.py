"""Which thing of WordPress is which item here, and which of its columns nobody changed since it was written."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db import models

from moving_in.models import MovedThing

EMPTY = (None, "", [], {})


def digest(value) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class Ledger:
    """The rows of one site, as the import needs them. `site` is its address without scheme and “www.”."""

    def __init__(self, site: str):
        self.site = site
        self.model_of = lru_cache(64)(lambda key: ContentType.objects.get_for_id(key).model_class())

    def things(self, kind: str, names) -> dict[str, MovedThing]:
        """{name: thing} of those that are known. One query for each 500."""
        names, found = list(names), {}
        for start in range(0, len(names), 500):
            rows = MovedThing.objects.filter(site=self.site, kind=kind, name__in=names[start : start + 500])
            found |= {row.name: row for row in rows}
        return found

    def thing(self, kind: str, name: str) -> MovedThing | None:
        return MovedThing.objects.filter(site=self.site, kind=kind, name=name).first()

    def add(self, kind: str, name: str, item: models.Model, language: str, **values) -> MovedThing:
        return MovedThing.objects.create(
            site=self.site,
            kind=kind,
            name=name,
            language=language,
            content_type=ContentType.objects.get_for_model(item),
            object_id=item.pk,
            **values,
        )

    def item(self, thing: MovedThing) -> models.Model | None:
        """None where it was deleted."""
        model = self.model_of(thing.content_type_id)
        return model._base_manager.filter(pk=thing.object_id).first() if model else None

    def holders(self, items: list[models.Model]) -> dict[tuple[int, int], MovedThing]:
        """{(content type, pk): the thing that keeps what was written of the item}: the first that became it."""
        found: dict[tuple[int, int], MovedThing] = {}
        for model in {type(item) for item in items}:
            content_type = ContentType.objects.get_for_model(model)
            keys = [item.pk for item in items if type(item) is model]
            rows = MovedThing.objects.filter(site=self.site, content_type=content_type, object_id__in=keys)
            for row in rows.order_by("-pk"):
                found[row.content_type_id, row.object_id] = row
        return found


def key_of_item(item: models.Model) -> tuple[int, int]:
    return ContentType.objects.get_for_model(item).pk, item.pk


def take_over(item: models.Model, values: dict, written: dict) -> tuple[list[str], list[str]]:
    """Give an item what WordPress says now, where nobody has changed it here. `written` is brought up to date.

    Returns the columns that were changed and those that were kept because somebody had edited them.
    """
    changed, edited = [], []
    for column, value in values.items():
        wanted = digest(value)
        if written.get(column) == wanted:
            continue
        present = getattr(item, column)
        now = digest(present)
        if now == wanted:
            written[column] = wanted
        elif written.get(column) == now or (column not in written and present in EMPTY):
            setattr(item, column, value)
            written[column] = wanted
            changed.append(column)
        else:
            edited.append(column)
    return changed, edited
