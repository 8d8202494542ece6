"""The ledger of translations: brought up to date from the log of changes, asked, confirmed, verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from translations.kinds import Kind, kinds
from translations.models import Change, State, TranslatedItem, TranslationEntry
from translations.replay import Entries, Row, follow
from translations.stored import described, entries_in, items_known, renew_statuses, stored_of, write

# Items at a time; their rows are locked meanwhile, for about a third of a second.
BATCH = 500
# … that a page catches up with before it answers: none waits long, after an import for example.
ITEMS_TO_CATCH_UP = 500


class SourceMoved(Exception):
    """The source text is no longer the one that a translation was made for."""


def refresh(limit: int | None = None) -> int:
    """Bring the ledger up to date with the content; returns how many items still wait.

    Everything that asks the ledger calls this first. `limit` is the number of items to look at, all by default; one
    takes about a tenth of a millisecond a text. Waits with all of it while nothing may be written (READ_ONLY).
    """
    done = 0
    while not settings.READ_ONLY and (limit is None or done < limit):
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
    log = Change.objects.filter(kind=name, item__in=pks).order_by("pk")
    for change in log.values_list("pk", "item", "event", "at", "before", named=True):
        changes[change.item].append(change)
    stored = stored_of(name, pks, lock=True)
    written = {}
    for pk in pks & rows.keys():
        anew = any(change.event == "insert" for change in changes[pk])
        entries = {} if anew else entries_in(stored.get(pk, {}))
        written[pk] = replay(kind, entries, changes[pk], rows[pk])
    forget(name, pks - rows.keys())
    if kind:
        write(kind, rows, written, stored, {pk: changes[pk][-1].at for pk in written if changes[pk]})
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


def forget(name: str, pks: Iterable[int]) -> None:
    TranslatedItem.objects.filter(kind=name, item__in=pks).delete()


def confirm(kind: Kind, pk: int, language: str, *, by=None, fields=None, sources: Mapping[str, str] | None = None):
    """Declare that an item's translation is right for its source as that is now; returns the fields confirmed.

    `fields` are those meant, all that are stale by default. `sources` maps them to digests of the source texts that
    somebody had before their eyes: raises SourceMoved, and confirms nothing, where one of these has changed since.
    """
    with transaction.atomic():
        # This item alone: whoever confirms may hold its row already, and has to wait for no other.
        if Change.objects.filter(kind=kind.name, item=pk).exists():
            catch_up(kind, kind.name, {pk})
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
        item = TranslatedItem.objects.filter(kind=kind.name, item=pk).values_list("pk", flat=True).first()
        if item:
            renew_statuses({item: entries_in(stored_of(kind.name, [pk])[pk])})
    return [entry.field for entry in entries]


def verify(kind: Kind, repair: bool = True) -> Iterator[tuple[int, int]]:
    """Compare the ledger with the content, batch by batch: yields (items looked at, items that were wrong).

    Where no log tells what happened, a text that is not the one the ledger knows counts as written just now.
    """
    last = 0
    while pks := list(
        kind.model._base_manager.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[: 2 * BATCH]
    ):
        last = pks[-1]
        with transaction.atomic():
            rows, stored = rows_of(kind, pks, lock=True), stored_of(kind.name, pks, lock=True)
            known = {pk: entries_in(of_item) for pk, of_item in stored.items()}
            there = {pk: told for pk, (_key, told) in items_known(kind, pks).items()}
            now = timezone.now()
            wrong = {}
            for pk, row in rows.items():
                entries = {key: entry for key, entry in known.get(pk, {}).items() if key[1] != kind.source_of(row)}
                right = {key: e for key, e in follow(kind, entries, None, row, now).items() if e.state}
                if right != known.get(pk, {}) or there.get(pk) != described(kind, row):
                    wrong[pk] = right
            if repair and wrong:
                write(kind, rows, wrong, stored, dict.fromkeys(wrong, now))
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
