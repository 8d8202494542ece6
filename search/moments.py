"""Rows that others tell of and that become public by themselves: a city whose name is found from Monday on.

Nothing writes to them at that moment. So it is noted beforehand, as a change that is due then: the first search
after it brings the texts of the others up to date, as after any change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models
from django.utils import timezone

from search.kinds import kinds
from search.models import Change

AT_ONCE = 500


def told_of_from_a_moment() -> dict[str, type[models.Model]]:
    """{name: model} of what stands in the documents of other rows and has a moment from which it is public."""
    found = {}
    for kind in kinds().values():
        for related in kind.related:
            if any(field.name == "publish_at" for field in related.model._meta.concrete_fields):
                found[related.model._meta.label_lower] = related.model
    return found


def note_moments(changed: Mapping[str, Iterable[int]] | None = None) -> None:
    """Note the moments ahead of rows that changed ({name: keys}), or of all; within a transaction, or again later."""
    for name, model in told_of_from_a_moment().items():
        if changed is None:
            note_rows(name, model._base_manager.all(), Change.objects.ahead().filter(kind=name))
            continue
        keys = sorted(changed.get(name, ()))
        for at in range(0, len(keys), AT_ONCE):
            some = keys[at : at + AT_ONCE]
            noted = Change.objects.ahead().filter(kind=name, item__in=some)
            note_rows(name, model._base_manager.filter(pk__in=some), noted)


def note_rows(name: str, rows: models.QuerySet, noted: models.QuerySet) -> None:
    """`noted` is what was noted of these rows before, whose moments may have moved."""
    noted.delete()
    ahead = rows.filter(publish_at__gt=timezone.now()).order_by("pk").values_list("pk", "publish_at")
    Change.objects.bulk_create((Change(kind=name, item=pk, due=due) for pk, due in ahead), batch_size=300)
