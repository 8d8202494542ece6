"""The one place where the bank looks into texts."""

from __future__ import annotations

from django.db.models import Q

from experiences.models import Experience
from publishing.models import State
from translations.texts import columns

LONGEST = 200


def records_with(text: str, language: str) -> list[int]:
    """Keys of the published records whose texts hold every word of a text, the best first. One query.

    It reads all of them, and knows no best: the full-text index takes its place.
    """
    found = Q()
    for word in text.split()[:12]:
        in_any = Q()
        for column in columns("title", "summary", "body"):
            in_any |= Q(**{f"{column}__holds_plainly": word})
        found &= in_any
    records = Experience.objects.rewrite(False).filter(found, state=State.PUBLISHED)
    return list(records.order_by("-pk").values_list("pk", flat=True))
