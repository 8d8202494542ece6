"""The index: brought up to date from the log of changes, built anew, compared with the content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from search.analysed import row_and_terms, spelled_words, word_row
from search.backends import backend
from search.kinds import SearchKind, kinds
from search.models import Change, IndexRow, Word
from search.moments import note_moments

BATCH = 100
# Called within the transaction in which something that was public went, whatever took it away.
when_withdrawn: list[Callable[[], None]] = []
CHANGES_AT_ONCE = 2000


def is_behind() -> bool:
    return Change.objects.waiting().exists()


def refresh() -> int:
    """Bring the index up to date with the content; returns how many items were looked at.

    Every search calls this first: one short query where nothing has changed.
    """
    done = 0
    while is_behind():
        with transaction.atomic():
            backend().lock()
            waiting = Change.objects.waiting().order_by("pk")
            changes = list(waiting.values_list("pk", "kind", "item")[:CHANGES_AT_ONCE])
            changed = by_kind(changes)
            for name, pks in sorted(concerned(changed).items()):
                for some in in_batches(sorted(pks)):
                    index_items(kinds()[name], some)
                done += len(pks)
            note_moments(changed)
            Change.objects.filter(pk__in=[pk for pk, name, item in changes]).delete()
    return done


def by_kind(changes: Iterable[tuple[int, str, int]]) -> dict[str, set[int]]:
    changed = defaultdict(set)
    for _, name, item in changes:
        changed[name].add(item)
    return changed


def concerned(changed: dict[str, set[int]]) -> dict[str, set[int]]:
    """{kind: keys of items}: those that changed, and those whose documents tell of them."""
    found = defaultdict(set)
    for kind in kinds().values():
        found[kind.name] |= changed.get(kind.name, set())
        for related in kind.related:
            for some in in_batches(sorted(changed.get(related.model._meta.label_lower, ())), 500):
                rows = kind.model._base_manager.order_by().filter(**{f"{related.path}__in": some})
                found[kind.name].update(rows.values_list("pk", flat=True))
    return {name: pks for name, pks in found.items() if pks}


def in_batches(pks: list[int], size: int = BATCH) -> Iterator[list[int]]:
    return (pks[at : at + size] for at in range(0, len(pks), size))


def analysed(kind: SearchKind, pks: Iterable[int]) -> Iterator[tuple]:
    """(row, terms) of some items in all their languages."""
    for item in kind.rows().filter(pk__in=pks).order_by("pk"):
        window = kind.window_of(item)
        if window is not None:
            for document in kind.documents(item):
                yield row_and_terms(kind, item.pk, document, window)


def index_items(kind: SearchKind, pks: list[int], known: set | None = None) -> None:
    """Write the rows of some items anew, within a transaction. `known` are words that need not be written again."""
    rows, now = IndexRow.objects.filter(kind=kind.name, item__in=pks), timezone.now()
    before = set(rows.shown_at(now).values_list("item", "language"))
    rows.delete()
    found = list(analysed(kind, pks))
    if before - {(row.item, row.language) for row, _ in found if row.is_shown_at(now)}:
        for tell in when_withdrawn:
            tell()
    if not found:
        return
    rows, terms = zip(*found, strict=True)
    backend().insert(rows, terms)
    words = set().union(*map(spelled_words, rows)) - (known or set())
    # In one order everywhere: two that write the same words crosswise would wait for each other.
    Word.objects.bulk_create((word_row(*word) for word in sorted(words)), ignore_conflicts=True, batch_size=200)
    if known is not None:
        known |= words


def rebuild() -> Iterator[tuple[SearchKind, int]]:
    """Write every row anew, batch by batch; yields (kind, items done).

    Each batch takes the place of the old rows in one transaction, so searches meanwhile find what they found before.
    """
    known: set = set()
    for kind in kinds().values():
        last = 0
        while pks := keys_after(kind, last):
            with transaction.atomic():
                backend().lock()
                index_items(kind, pks, known)
            last = pks[-1]
            yield kind, len(pks)
    remove_orphans()
    with transaction.atomic():
        backend().lock()
        note_moments()
    unused = [pk for pk, *word in Word.objects.values_list("pk", "language", "word") if tuple(word) not in known]
    for some in in_batches(unused, 500):
        Word.objects.filter(pk__in=some).delete()
    refresh()


def keys_after(kind: SearchKind, last: int) -> list[int]:
    rows = kind.model._base_manager.filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def number_of_items() -> int:
    return sum(kind.model._base_manager.count() for kind in kinds().values())


def remove_orphans(repair: bool = True) -> int:
    """How many rows the index has of items that the content has no longer; removes them."""
    gone = IndexRow.objects.exclude(kind__in=list(kinds()))
    count = gone.count()
    if repair:
        gone.delete()
    for kind in kinds().values():
        orphans = IndexRow.objects.filter(kind=kind.name).exclude(item__in=kind.model._base_manager.values("pk"))
        count += orphans.count()
        if repair:
            orphans.delete()
    return count


def differing(kind: SearchKind) -> Iterator[tuple[int, int]]:
    """Compare the index with the content: yields (items looked at, rows that are wrong, missing or too many)."""
    last = 0
    names = [field.attname for field in IndexRow._meta.concrete_fields]
    while pks := keys_after(kind, last):
        last = pks[-1]
        found = list(analysed(kind, pks))
        stored = {row.id: row for row in IndexRow.objects.filter(kind=kind.name, item__in=pks)}
        wrong = stored.keys() ^ {row.id for row, terms in found}
        there = [(row, terms) for row, terms in found if row.id in stored]
        wrong |= {
            row.id for row, _ in there if any(getattr(row, name) != getattr(stored[row.id], name) for name in names)
        }
        if there:
            wrong |= backend().differing(*zip(*there, strict=True))
        yield len(pks), len(wrong)
