"""Finding any public item of the site that an issue can hold."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models

from newsletter.holdings import HOLDINGS
from newsletter.models import Issue
from publishing.search_columns import search_columns

MOST_OF_A_KIND = 8


def found_items(issue: Issue, words: str) -> list[models.Model]:
    """Public items whose title holds all the words in any language, accents aside, that are not in the issue yet.

    One query for each kind; nothing is looked for without words.
    """
    words = words.split()[:8]
    if not words:
        return []
    kept = issue.parts.filter(is_kept=True).values_list("content_type_id", "object_id")
    taken = {}
    for kind, pk in kept:
        taken.setdefault(kind, set()).add(pk)
    found = []
    for holding in HOLDINGS:
        rows = holding.public().exclude(pk__in=taken.get(holding.content_type.pk, ()))
        for word in words:
            condition = models.Q()
            for column in search_columns(holding.model, [holding.title]):
                condition |= models.Q(**{column: word})
            rows = rows.filter(condition)
        found += rows.order_by("-pk")[:MOST_OF_A_KIND]
    return found


def item_by_key(kind: str, pk: str) -> models.Model | None:
    """The public item that a form names; None for what there is not, or what an issue cannot hold."""
    if not (kind.isdecimal() and pk.isdecimal() and len(kind) < 10 and len(pk) < 19):
        return None
    for holding in HOLDINGS:
        if ContentType.objects.get_for_model(holding.model).pk == int(kind):
            return holding.public().filter(pk=int(pk)).first()
    return None
