"""The rows of the ledger: read as plain values, and written back where they differ, in few statements.

Nobody but `translations.ledger` writes here. Rows are replaced in place: an entry that was declared right a year ago
and becomes stale today is the same row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.utils import timezone

from translations.kinds import Kind
from translations.models import State, TranslatedItem, TranslationEntry, TranslationStatus
from translations.replay import Entries, Entry, Row
from translations.texts import ALL_LANGUAGES

# Rows a statement; SQLite takes fewer at a time, and Django knows.
ROWS = 1000
# Between an editor's change and the line about it in the admin's log.
SAME_ACT = timedelta(seconds=5)

ENTRY_COLUMNS = ("text", "source", "confirmed", "source_before", "confirmed_at", "since")
DESCRIPTION = ("title", "titles", "source_language")
COUNTS = ("state", "texts", "missing", "stale", "since")
WORST_FIRST = tuple(State)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    pk: int
    entry: Entry
    confirmed_by: int | None


Stored = dict[tuple[str, str], StoredEntry]  # by field and language


def stored_of(name: str, pks: Iterable[int], lock: bool = False) -> dict[int, Stored]:
    """{item: what the ledger has of it}; nothing for items that it does not know."""
    rows = TranslationEntry.objects.filter(translated__kind=name, translated__item__in=pks)
    if lock:
        rows = rows.order_by("pk").select_for_update(of=("self",))
    found: dict[int, Stored] = defaultdict(dict)
    names = ("translated__item", "field", "language", "pk", "confirmed_by", *ENTRY_COLUMNS)
    for item, field, language, pk, user, *values in rows.values_list(*names):
        found[item][field, language] = StoredEntry(pk, Entry(*values), user)
    return found


def entries_in(stored: Stored) -> Entries:
    return {key: known.entry for key, known in stored.items()}


def write(
    kind: Kind,
    rows: Mapping[int, Row],
    written: Mapping[int, Entries],
    stored: Mapping[int, Stored],
    at: Mapping[int, datetime],
) -> None:
    """Put the entries of some items into the ledger; what stands there already (`stored`) is left alone."""
    items = write_items(kind, rows, written, at)
    editors = editors_of(kind, written, at)
    new, old = [], []
    for pk, texts in written.items():
        there = stored.get(pk, {})
        old += [known.pk for key, known in there.items() if key not in texts or texts[key].state is None]
        for (field, language), entry in texts.items():
            state, known = entry.state, there.get((field, language))
            if state is None or (known and known.entry == entry):
                continue
            user = known.confirmed_by if known and known.entry.confirmed_at == entry.confirmed_at else None
            new.append(
                TranslationEntry(
                    translated_id=items[pk],
                    field=field,
                    language=language,
                    state=state,
                    confirmed_by_id=user or editors(pk, entry.confirmed_at),
                    **{column: getattr(entry, column) for column in ENTRY_COLUMNS},
                )
            )
    TranslationEntry.objects.filter(pk__in=old).delete()
    put(new, ("translated", "language", "field"), ("state", "confirmed_by", *ENTRY_COLUMNS))
    renew_statuses({items[pk]: texts for pk, texts in written.items()})


def put(rows, unique, columns):
    """Insert rows, or bring those up to date that are there."""
    if rows:
        type(rows[0])._base_manager.bulk_create(
            rows, batch_size=ROWS, update_conflicts=True, unique_fields=unique, update_fields=columns
        )


def write_items(kind: Kind, rows, written, at) -> dict[int, int]:
    """{item: key of its TranslatedItem}, which is made or brought up to date."""
    known = items_known(kind, written)
    differing, unknown = [], []
    for pk in written:
        told = described(kind, rows[pk])
        if pk in known and known[pk][1] == told:
            continue
        moment = at.get(pk) or timezone.now()
        row = TranslatedItem(kind=kind.name, item=pk, written_at=moment, **dict(zip(DESCRIPTION, told, strict=True)))
        (differing if pk in known else unknown).append(row)
    put(differing, ("kind", "item"), DESCRIPTION)
    made = TranslatedItem.objects.bulk_create(unknown, batch_size=ROWS)
    return {item: key for item, (key, _told) in known.items()} | {row.item: row.pk for row in made}


def described(kind: Kind, row: Row) -> tuple[str, ...]:
    """What a TranslatedItem says of an item beside its key: the values of DESCRIPTION."""
    return kind.title_of(row)[:300], kind.titles_of(row), kind.source_of(row)


def items_known(kind: Kind, pks: Iterable[int]) -> dict[int, tuple[int, tuple[str, ...]]]:
    """{item: (key of its TranslatedItem, values of DESCRIPTION)} of those that the ledger knows."""
    found = TranslatedItem.objects.filter(kind=kind.name, item__in=pks)
    return {item: (key, tuple(told)) for item, key, *told in found.values_list("item", "pk", *DESCRIPTION)}


def editors_of(kind: Kind, pks, at: Mapping[int, datetime]) -> Callable[[int, datetime | None], int | None]:
    """A function from item and moment to the user who then saved the item in the admin, by the admin's own log.

    The log is read when it is first asked: most changes confirm nothing.
    """
    acts: dict[str, list] = {}

    def read():
        if at:
            log = LogEntry.objects.filter(
                content_type__app_label=kind.model._meta.app_label,
                content_type__model=kind.model._meta.model_name,
                object_id__in=[str(pk) for pk in pks],
                action_time__gte=min(at.values()) - timedelta(days=1),
            )
            for object_id, moment, user in log.values_list("object_id", "action_time", "user"):
                acts.setdefault(object_id, []).append((moment, user))

    def editor(pk, moment):
        if moment is None:
            return None
        if "read" not in acts:
            acts["read"] = []
            read()
        near = [(abs(time - moment), user) for time, user in acts.get(str(pk), ()) if abs(time - moment) <= SAME_ACT]
        return min(near)[1] if near else None

    return editor


def statuses_of(texts: Entries) -> Iterator[tuple[str, tuple]]:
    """(language, values of COUNTS) of an item in each language that has something to tell."""
    in_language = defaultdict(list)
    for (_field, language), entry in texts.items():
        if state := entry.state:
            in_language[language].append((state, entry.since))
    for language in ALL_LANGUAGES:
        if entries := in_language.get(language):
            states = [state for state, _since in entries]
            worst = next(state for state in WORST_FIRST if state in states)
            since = min((since for state, since in entries if state == worst and since), default=None)
            yield language, (worst, len(states), states.count(State.MISSING), states.count(State.STALE), since)


def renew_statuses(texts: Mapping[int, Entries]) -> None:
    """Bring the statuses of items up to date; `texts` maps keys of TranslatedItems to their entries."""
    rows = TranslationStatus.objects.filter(translated__in=texts).values_list("translated", "language", "pk", *COUNTS)
    stored = {(item, language): (pk, tuple(values)) for item, language, pk, *values in rows}
    wanted = {(item, language): values for item, of_item in texts.items() for language, values in statuses_of(of_item)}
    gone = [pk for key, (pk, _values) in stored.items() if key not in wanted]
    TranslationStatus.objects.filter(pk__in=gone).delete()
    put(
        [
            TranslationStatus(translated_id=item, language=language, **dict(zip(COUNTS, values, strict=True)))
            for (item, language), values in wanted.items()
            if (item, language) not in stored or stored[item, language][1] != values
        ],
        ("translated", "language"),
        COUNTS,
    )
