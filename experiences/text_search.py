"""The one place where the bank looks into texts: the full-text index, in the same words as the site's search."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils import timezone

from experiences.facet_records import Records
from experiences.models import Experience, TableVersion
from search import index
from search.finding import items_of_kind
from search.kinds import kinds
from search.models import IndexRow
from translations.texts import ALL_LANGUAGES

LONGEST = 200
KEPT = 16  # answers, of at most some hundred kilobytes each
INSTANT = timedelta(microseconds=1)


def records_with(text: str, records: Records, at: datetime) -> Sequence[int]:
    """Keys of the records that answer to a text and may be seen at a moment, the best first.

    A record counts in whichever language it answers. A reader who chooses on among what was found asks for the same
    text again and again; so a process keeps its last answers. Each holds for one version of the index's rows, and
    while no record of the bank appears or goes by itself.
    """
    index.refresh()
    version = TableVersion.objects.filter(name=IndexRow._meta.db_table).values_list("version", flat=True).first()
    since, until = records.unchanged(at)
    if version is None:
        return looked_for(text, at)
    return kept(text, version, since or (until - INSTANT if until else None))


@lru_cache(maxsize=KEPT)
def kept(text: str, version: str, at: datetime | None) -> Sequence[int]:
    """`at` is one moment for all those between which nothing changes by itself; None where nothing ever does."""
    return looked_for(text, at or timezone.now())


def looked_for(text: str, at: datetime) -> Sequence[int]:
    return array("q", items_of_kind(kinds()[Experience._meta.label_lower], text, ALL_LANGUAGES, at))
