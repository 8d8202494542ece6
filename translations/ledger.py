"""The ledger of translations: brought up to date from the log of changes, asked, confirmed, verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.utils import timezone

from translations.kinds import Kind, kinds
from translations.models import Change, State, TranslatedItem, TranslationEntry, TranslationStatus
from translations.replay import Entries, Entry, Row, follow
from translations.texts import ALL_LANGUAGES

BATCH = 200
# Between an editor's change and the line about it in the admin's log.
SAME_ACT = timedelta(seconds=5)

ENTRY_COLUMNS = ("text", "source", "confirmed", "source_before", "confirmed_at", "since")


class SourceMoved(Exception):
    """The source text is no longer the one that a translation was made for."""


def refresh(limit: int | None = None) -> int:
    """Bring the ledger up to date with the content; returns how many items still wait.

    Everything that asks the ledger calls this first. `limit` is the number of items to look at, all by default; one
    takes about a tenth of a millisecond a text.
    """
    done = 0
    while limit is None or done < limit:
        with transaction.atomic():
            found = read_log(BATCH if limit is None else min(BATCH, limit - done))
            # In one order everywhere: two that lock rows crosswise would wait for each other.
            for name, pks in sorted(found.items()):
                catch_up(kinds().get(name), name, pks)
        if not found:
            return 0
        done += sum(map(len, found.values()))
    return Change.objects.values("kind", "item").distinct().count()


def read_log(size: int) -> dict[str, set[int]]:
    """Items that changed, those of the oldest changes first: {kind: {item}}."""
    found = defaultdict(set)
    for name, item in Change.objects.order_by("pk").values_list("kind", "item")[: 5 * size]:
        found[name].add(item)
        if sum(map(len, found.values())) == size:
            break
    return found


def catch_up(kind: Kind | None, name: str, pks: set[int]) -> None:
    """Replay what happened to some items of one kind.

    Their rows are locked first, so that no change can come between reading the texts and reading the log.
    """
    rows = rows_of(kind, pks, lock=True) if kind else {}
    changes = defaultdict(list)
    for change in Change.objects.filter(kind=name, item__in=pks).order_by("pk"):
        changes[change.item].append(change)
    known = entries_of(name, pks)
    written = {}
    for pk in pks & rows.keys():
        entries = {} if any(change.event == "insert" for change in changes[pk]) else known.get(pk, {})
        written[pk] = replay(kind, entries, changes[pk], rows[pk])
    forget(name, pks - rows.keys())
    if kind:
        write(kind, rows, written, {pk: changes[pk][-1].at for pk in written if changes[pk]})
    Change.objects.filter(pk__in=[change.pk for several in changes.values() for change in several]).delete()


def replay(kind: Kind, entries: Entries, changes: list[Change], row: Row) -> Entries:
    """The entries after each change in its turn. A row reads after a change as it did before the next one."""
    before = None
    for number, change in enumerate(changes):
        following = next((later.before for later in changes[number + 1 :] if later.before), None)
        after = complete(kind, following, row) if following else row
        before = change.before and complete(kind, change.before, row)
        entries = follow(kind, entries, before, after, change.at)
    return entries


def complete(kind: Kind, image: Row, row: Row) -> Row:
    """A row as logged, with columns that came into being later."""
    return {column: image.get(column, row[column]) for column in kind.columns}


def rows_of(kind: Kind, pks: Iterable[int], lock: bool = False) -> dict[int, Row]:
    rows = kind.model._base_manager.filter(pk__in=pks).order_by("pk")
    if lock:
        rows = rows.select_for_update()
    return {row["pk"]: row for row in rows.values("pk", *kind.columns)}


def entries_of(name: str, pks: Iterable[int]) -> dict[int, Entries]:
    found = defaultdict(dict)
    for row in TranslationEntry.objects.filter(translated__kind=name, translated__item__in=pks).select_related(
        "translated"
    ):
        found[row.translated.item][row.field, row.language] = entry_of(row)
    return found


def entry_of(row: TranslationEntry) -> Entry:
    return Entry(**{column: getattr(row, column) for column in ENTRY_COLUMNS})


def forget(name: str, pks: Iterable[int]) -> None:
    TranslatedItem.objects.filter(kind=name, item__in=pks).delete()


def write(kind: Kind, rows: Mapping[int, Row], written: Mapping[int, Entries], at: Mapping[int, datetime]) -> None:
    """Put the entries of some items into the ledger; what stands there already is left alone."""
    items = write_items(kind, rows, written, at)
    stored = {
        (row.translated_id, row.field, row.language): row
        for row in TranslationEntry.objects.filter(translated__in=items.values())
    }
    editors = editors_of(kind, written, at)
    new = []
    for pk, texts in written.items():
        for (field, language), entry in texts.items():
            row = stored.get((items[pk].pk, field, language))
            if entry.state is None or (row and entry_of(row) == entry):
                continue
            user = row.confirmed_by_id if row and row.confirmed_at == entry.confirmed_at else None
            new.append(
                TranslationEntry(
                    translated=items[pk],
                    field=field,
                    language=language,
                    state=entry.state,
                    confirmed_by_id=user or editors(pk, entry.confirmed_at),
                    **{column: getattr(entry, column) for column in ENTRY_COLUMNS},
                )
            )
    still_there = {
        (items[pk].pk, field, language)
        for pk, texts in written.items()
        for (field, language), entry in texts.items()
        if entry.state
    }
    replaced = {(row.translated_id, row.field, row.language) for row in new}
    old = [row.pk for key, row in stored.items() if key in replaced or key not in still_there]
    TranslationEntry.objects.filter(pk__in=old).delete()
    TranslationEntry.objects.bulk_create(new, batch_size=500)
    renew_statuses({items[pk]: texts for pk, texts in written.items()})


def write_items(kind, rows, written, at):
    """{item: TranslatedItem}, made or brought up to date."""
    items = {item.item: item for item in TranslatedItem.objects.filter(kind=kind.name, item__in=written)}
    new, changed = [], []
    for pk in written:
        title, source = kind.title_of(rows[pk])[:300], kind.source_of(rows[pk])
        if pk not in items:
            moment = at.get(pk) or timezone.now()
            items[pk] = TranslatedItem(kind=kind.name, item=pk, title=title, source_language=source, written_at=moment)
            new.append(items[pk])
        elif (items[pk].title, items[pk].source_language) != (title, source):
            items[pk].title, items[pk].source_language = title, source
            changed.append(items[pk])
    TranslatedItem.objects.bulk_update(changed, ["title", "source_language"], batch_size=BATCH)
    TranslatedItem.objects.bulk_create(new, batch_size=BATCH)
    return items


def statuses_of(item: TranslatedItem, texts: Entries) -> Iterator[TranslationStatus]:
    for language in ALL_LANGUAGES:
        entries = [entry for (field, code), entry in texts.items() if code == language and entry.state]
        if not entries:
            continue
        states = [entry.state for entry in entries]
        worst = next(state for state in State if state in states)
        yield TranslationStatus(
            translated=item,
            language=language,
            state=worst,
            texts=len(entries),
            missing=states.count(State.MISSING),
            stale=states.count(State.STALE),
            since=min((entry.since for entry in entries if entry.state == worst and entry.since), default=None),
        )


def editors_of(kind, pks, at):
    """A function from item and moment to the user who then saved the item in the admin, by the admin's own log."""
    acts = defaultdict(list)
    if at:
        log = LogEntry.objects.filter(
            content_type__app_label=kind.model._meta.app_label,
            content_type__model=kind.model._meta.model_name,
            object_id__in=[str(pk) for pk in pks],
            action_time__gte=min(at.values()) - timedelta(days=1),
        )
        for object_id, moment, user in log.values_list("object_id", "action_time", "user"):
            acts[object_id].append((moment, user))

    def editor(pk, moment):
        near = [
            (abs(time - moment), user) for time, user in acts[str(pk)] if moment and abs(time - moment) <= SAME_ACT
        ]
        return min(near)[1] if near else None

    return editor


def confirm(kind: Kind, pk: int, language: str, *, by=None, fields=None, sources: Mapping[str, str] | None = None):
    """Declare that an item's translation is right for its source as that is now; returns the fields confirmed.

    `fields` are those meant, all that are stale by default. `sources` maps them to digests of the source texts that
    somebody had before their eyes: raises SourceMoved, and confirms nothing, where one of these has changed since.
    """
    with transaction.atomic():
        refresh()
        entries = TranslationEntry.objects.filter(
            translated__kind=kind.name, translated__item=pk, language=language, state=State.STALE
        ).select_for_update()
        if fields is not None:
            entries = entries.filter(field__in=fields)
        entries = list(entries)
        if sources is not None and any(sources.get(entry.field, entry.source) != entry.source for entry in entries):
            raise SourceMoved
        now = timezone.now()
        for entry in entries:
            entry.confirmed, entry.source_before = entry.source, ""
            entry.state, entry.confirmed_at, entry.confirmed_by, entry.since = State.FRESH, now, by, now
        TranslationEntry.objects.bulk_update(
            entries, ["confirmed", "source_before", "state", "confirmed_at", "confirmed_by", "since"]
        )
        item = TranslatedItem.objects.filter(kind=kind.name, item=pk).first()
        if item:
            renew_statuses({item: entries_of(kind.name, [pk])[pk]})
    return [entry.field for entry in entries]


def renew_statuses(texts: Mapping[TranslatedItem, Entries]) -> None:
    stored = {(row.translated_id, row.language): row for row in TranslationStatus.objects.filter(translated__in=texts)}
    wanted = {
        (row.translated_id, row.language): row for item, entries in texts.items() for row in statuses_of(item, entries)
    }
    old = [row.pk for key, row in stored.items() if key not in wanted or counts(row) != counts(wanted[key])]
    new = [row for key, row in wanted.items() if key not in stored or counts(row) != counts(stored[key])]
    TranslationStatus.objects.filter(pk__in=old).delete()
    TranslationStatus.objects.bulk_create(new, batch_size=500)


def counts(status):
    return status.state, status.texts, status.missing, status.stale, status.since


def verify(kind: Kind, repair: bool = True) -> Iterator[tuple[int, int]]:
    """Compare the ledger with the content, batch by batch: yields (items looked at, items that were wrong).

    Where no log tells what happened, a text that is not the one the ledger knows counts as written just now.
    """
    last = 0
    while pks := list(
        kind.model._base_manager.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[: 5 * BATCH]
    ):
        last = pks[-1]
        with transaction.atomic():
            rows, known = rows_of(kind, pks, lock=True), entries_of(kind.name, pks)
            there = set(TranslatedItem.objects.filter(kind=kind.name, item__in=pks).values_list("item", flat=True))
            now = timezone.now()
            wrong = {}
            for pk, row in rows.items():
                entries = {key: entry for key, entry in known.get(pk, {}).items() if key[1] != kind.source_of(row)}
                right = {key: e for key, e in follow(kind, entries, None, row, now).items() if e.state}
                if right != known.get(pk, {}) or pk not in there:
                    wrong[pk] = right
            if repair and wrong:
                write(kind, rows, wrong, dict.fromkeys(wrong, now))
        yield len(rows), len(wrong)


def orphans(repair: bool = True) -> int:
    """How many items the ledger has that the content has no longer; removes them."""
    count = 0
    for name in TranslatedItem.objects.order_by().values_list("kind", flat=True).distinct():
        known = TranslatedItem.objects.filter(kind=name)
        if name in kinds():
            known = known.exclude(item__in=kinds()[name].model._base_manager.values("pk"))
        count += known.count()
        if repair:
            known.delete()
    return count
