"""Which items are called the same: readers of a list could not tell them apart."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from checks.texts import title_name, titles
from publishing.models import Publishable

# Where the same title every year is as it should be: the column that then tells items apart.
APART: dict[type[models.Model], str] = {}


def told_apart_by(model: type[models.Model], column: str) -> None:
    """Says that items of this model may share a title if they differ in this column (their year)."""
    APART[model] = column


def namesakes(items: Iterable[models.Model]) -> dict[int, list[str]]:
    """{id(item): languages in which another item of its kind has its title}; one query for each kind."""
    found: dict[int, list[str]] = {}
    kinds: dict[type[models.Model], list] = {}
    for item in items:
        # What has no page of its own may be called the same: an entry of the menu and one at the foot of the page.
        if isinstance(item, Publishable) and titles(item):
            kinds.setdefault(type(item), []).append(item)
    for model, own in kinds.items():
        name, apart = title_name(model), APART.get(model)
        codes = sorted({code for item in own for code in titles(item)})
        condition = models.Q()
        for code in codes:
            condition |= models.Q(**{f"{name}_{code}__in": {titles(item).get(code, "") for item in own} - {""}})
        columns = ["pk", *([apart] if apart else []), *(f"{name}_{code}" for code in codes)]
        holders: dict[tuple, set] = {}
        for row in model._base_manager.filter(condition).order_by().values(*columns):
            for code in codes:
                holders.setdefault((code, row[f"{name}_{code}"], row[apart] if apart else None), set()).add(row["pk"])
        for item in own:
            value = getattr(item, apart) if apart else None
            shared = [
                code for code, text in titles(item).items() if holders.get((code, text, value), set()) - {item.pk}
            ]
            if shared:
                found[id(item)] = shared
    return found
