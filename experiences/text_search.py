"""The one place where the bank looks into texts: the full-text index, in the same words as the site's search."""

from __future__ import annotations

from experiences.models import Experience
from search.finding import items_of_kind
from search.kinds import kinds
from translations.texts import ALL_LANGUAGES

LONGEST = 200


def records_with(text: str, at) -> list[int]:
    """Keys of the records that answer to a text and may be seen at a moment, the best first.

    A record counts in whichever language it answers.
    """
    return items_of_kind(kinds()[Experience._meta.label_lower], text, ALL_LANGUAGES, at)
