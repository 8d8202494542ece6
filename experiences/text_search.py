"""The one place where the bank looks into texts: the full-text index, in the same words as the site's search."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime

from experiences.facet_index import FacetIndex
from experiences.models import Experience, TableVersion
from search import index as search_index
from search.finding import items_of_kind
from search.kinds import kinds
from search.models import IndexRow
from translations.texts import ALL_LANGUAGES

LONGEST = 200
KEPT = 16  # answers, each of at most some hundred kilobytes

_kept: dict[tuple, Sequence[int]] = {}


def records_with(text: str, index: FacetIndex, at: datetime) -> Sequence[int]:
    """Keys of the records that answer to a text and may be seen at a moment, the best first.

    A record counts in whichever language it answers. Who goes on choosing among what was found asks for the same text
    again and again; so a process keeps its last answers. Each holds for one version of the tables, that of the search
    index among them, and for one set of visible records.
    """
    search_index.refresh()
    version = TableVersion.objects.filter(name=IndexRow._meta.db_table).values_list("version", flat=True).first()
    visible = index.visible(at)
    asked = (text, version, index.versions, visible)
    found = _kept.get(asked)
    if found is None:
        kind = kinds()[Experience._meta.label_lower]
        found = array("q", items_of_kind(kind, text, ALL_LANGUAGES, index.pks_of(visible)))
        if version:
            for oldest in list(_kept)[: max(0, len(_kept) - KEPT + 1)]:
                _kept.pop(oldest, None)
            _kept[asked] = found
    return found
