"""Which texts a translator into a language is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from translations import ledger
from translations.digests import digest
from translations.exchange.units import Outgoing
from translations.kinds import Kind, kinds
from translations.models import State, TranslatedItem, TranslationEntry

WANTED = (State.MISSING, State.STALE)
BATCH = 500


def texts_for(
    language: str,
    *,
    states: Iterable[str] = WANTED,
    names: Iterable[str] | None = None,
    source: str = "",
    among: Q | None = None,
) -> Iterator[Outgoing]:
    """Texts in some states, item by item; `names` are kinds, `source` the language written in: all, if not given.

    `among` is a condition on TranslatedItem, for whoever may not see all.
    """
    ledger.refresh()
    known = TranslatedItem.objects.filter(among or Q())
    wanted = set(kinds() if names is None else names)
    for kind in kinds().values():
        if kind.name in wanted:
            items = known.filter(kind=kind.name)
            entries = TranslationEntry.objects.filter(
                translated__in=items.filter(source_language=source) if source else items,
                language=language,
                state__in=list(states),
            )
            yield from texts_of(kind, language, entries)


def texts_of(kind: Kind, language: str, entries) -> Iterator[Outgoing]:
    found = defaultdict(dict)
    for item, field, state, before in entries.order_by("translated__item").values_list(
        "translated__item", "field", "state", "source_before"
    ):
        found[item][field] = state, before
    pks = list(found)
    for at in range(0, len(pks), BATCH):
        rows = ledger.rows_of(kind, pks[at : at + BATCH])
        for pk, row in rows.items():
            for field in in_order(kind):
                if field in found[pk]:
                    yield outgoing(kind, row, field, language, *found[pk][field])


def in_order(kind: Kind) -> list[str]:
    """The fields as a form has them, the title first."""
    order = [field.name for field in kind.model._meta.concrete_fields]
    return sorted(kind.fields, key=lambda name: (name != kind.title_field, order.index(name)))


def outgoing(kind: Kind, row, field: str, language: str, state: str, before: str) -> Outgoing:
    model_field = kind.model._meta.get_field(field)
    source_language = kind.source_of(row)
    source, rich = row[f"{field}_{source_language}"] or "", field in kind.rich
    return Outgoing(
        kind=kind.name,
        kind_name=str(kind.model._meta.verbose_name),
        item=row["pk"],
        title=kind.title_of(row),
        field=field,
        field_name=str(model_field.verbose_name),
        rich=rich,
        max_length=model_field.max_length,
        source_language=source_language,
        source=source,
        language=language,
        state=str(state),
        translation=row[f"{field}_{language}"] or "",
        previous_source=before,
        digest=digest(source, rich),
    )


def is_rich(name: str, field: str) -> bool:
    return name in kinds() and field in kinds()[name].rich
