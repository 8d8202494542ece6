"""Hits in their order, counted by kind and year.

First what is written in the page's language, then what only other languages have. Among these: items of just that
title, then those with all words in the title, in title and lead, anywhere. Among these: coming dates, the next first;
what is bound to no date; the rest from the newest; past dates last. Every step is a fact of the row, so both
databases give the same order.

All hits are counted. Where there are more than `RANKED`, only the latest of each step are put in order, and other
languages are left out: nobody reads on so far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from search import index
from search.analysis import key_of
from search.backends import backend
from search.kinds import SearchKind, kind_of_number, kinds
from search.models import IndexRow
from search.query import Query, Question, parse, question
from search.row_ids import NO_YEAR, TO_BE_ANNOUNCED, number_of_language, unpack, when
from search.snippets import Looked, Piece, marked, snippet
from search.spelling import did_you_mean

RANKED = 2000


@dataclass(frozen=True)
class Hit:
    kind: SearchKind
    language: str
    url: str
    date: str
    title: list[Piece]
    snippet: list[Piece]

    @property
    def plain_title(self) -> str:
        return "".join(piece.text for piece in self.title)


@dataclass
class Found:
    """The answer to a query. `ids` are in order; `hits` makes what a page shows of them."""

    query: Query
    ids: list[int] = field(default_factory=list)
    # Of everything that was found, whatever kind and year are chosen: {(year, kind's number): hits}
    counts: Counter = field(default_factory=Counter)
    kind: SearchKind | None = None
    year: int | None = None
    # The last word was taken for the beginning of others, since nothing has it as it stands.
    by_beginning: bool = False
    suggestion: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts_by(lambda year, kind: None).values())

    def counts_by(self, key, *, any_kind: bool = False, any_year: bool = False) -> Counter:
        """Hits counted by a key of (year, number of the kind), within the kind and year that are chosen."""
        found: Counter = Counter()
        for (year, number), count in self.counts.items():
            if (any_kind or self.kind is None or number == self.kind.number) and (
                any_year or self.year is None or year == self.year
            ):
                found[key(year, number)] += count
        return found

    def kinds(self) -> list[tuple[SearchKind, int]]:
        """Kinds with hits in the chosen year, in their order."""
        counts = self.counts_by(lambda year, number: number, any_kind=True)
        return [(kind, counts[kind.number]) for kind in kinds().values() if counts[kind.number]]

    def years(self) -> list[tuple[int, int]]:
        """Years with hits of the chosen kind, the latest first."""
        counts = self.counts_by(lambda year, number: year, any_year=True)
        return [(year, counts[year]) for year in sorted(counts, reverse=True) if NO_YEAR < year < TO_BE_ANNOUNCED]

    def hits(self, ids: Sequence[int]) -> list[Hit]:
        rows = IndexRow.objects.in_bulk(ids)
        query = self.query.with_beginning() if self.by_beginning else self.query
        looked: dict[str, Looked] = {}
        hits = []
        for row in (rows[number] for number in ids if number in rows):
            words = looked.setdefault(row.language, Looked(query, row.language))
            kind = kind_of_number(unpack(row.id).kind)
            title, text = marked(row.title, words), snippet(row.lead, row.body, words)
            hits.append(Hit(kind, row.language, row.url, row.date, title, text))
        return hits


def find(text: str, languages: list[str], now, *, kind=None, year=None, as_typed: bool = False) -> Found:
    """Everything that answers and may be seen at a moment; `languages` begins with the page's.

    `as_typed`: the last word is still being typed.
    """
    index.refresh()
    query = parse(text)
    found = Found(query, kind=kind, year=year)
    if not query.wanted:
        return found
    collect(found, query.with_beginning() if as_typed else query, languages, now)
    found.by_beginning = as_typed
    if not found.counts and not as_typed:
        found.by_beginning = True
        collect(found, query.with_beginning(), languages, now)
        found.suggestion = did_you_mean(query, languages, now)
    return found


def items_of_kind(kind: SearchKind, text: str, languages: list[str], visible: Sequence[int]) -> list[int]:
    """Keys of all items of one kind that answer in any of the languages, for a list that chooses among them further.

    `visible` are the keys of those that may be seen, in the order of the list. The best first: what has the words in
    its title, then in title and lead, then anywhere; each in the list's order, and more than `RANKED` in that alone.
    Where nothing has the last word as it stands, it counts as the beginning of others. Before, the caller has called
    `index.refresh`.
    """
    query = parse(text)
    for asked in (question(query, languages), question(query.with_beginning(), languages)):
        answering = backend().items(asked, "all", kind.number) if asked else set()
        found = [key for key in visible if key in answering]
        if found:
            steps = () if len(found) > RANKED else ("title", "lead")
            better = [backend().items(asked, where, kind.number) for where in steps]
            return sorted(found, key=lambda key: [key not in one for one in better]) if better else found
    return []


def collect(found: Found, query: Query, languages: list[str], now) -> None:
    own, others = question(query, languages[:1]), question(query, languages[1:])
    chosen = {"kind": found.kind.number if found.kind else None, "year": found.year}
    own_ids = look(own, "all", now)
    if len(own_ids) > RANKED:
        found.counts = Counter(backend().counts(own, now))
        ids, others = look(own, "all", now, **chosen), Question(())
    else:
        items = {item_of(number) for number in own_ids}
        elsewhere = [number for number in look(others, "all", now) if item_of(number) not in items]
        ids = own_ids + once_each(elsewhere, languages)
        found.counts = Counter((one.year, one.kind) for one in map(unpack, ids))
        ids = [number for number in ids if is_chosen(number, **chosen)]
    both = Question(own.languages + others.languages)
    steps = [
        set(IndexRow.objects.filter(title_key=key_of(query.text)).values_list("pk", flat=True)[:RANKED]),
        set(look(both, "title", now, **chosen)),
        set(look(both, "lead", now, **chosen)),
    ]
    if len(ids) > RANKED:
        ids = list({*ids, *steps[1], *steps[2]})
    page_language, today = number_of_language(languages[0]), when(timezone.localdate(now))

    def place(number):
        one = unpack(number)
        step = next((at for at, step in enumerate(steps) if number in step), len(steps))
        return (one.language != page_language, step, *place_in_time(number, one, today))

    found.ids = sorted(ids, key=place)


def look(asked: Question, where: str, now, **chosen) -> list[int]:
    return backend().found(asked, where, now, limit=RANKED + 1, **chosen) if asked else []


def place_in_time(number, one, today) -> tuple[int, int]:
    kind = kind_of_number(one.kind)
    if kind and kind.is_dated and one.year != NO_YEAR:
        return (0, number) if (one.year, one.day) >= today else (3, -number)
    return (1, -number) if one.year == NO_YEAR else (2, -number)


def item_of(number: int) -> tuple[int, int]:
    one = unpack(number)
    return one.kind, one.item


def once_each(numbers: list[int], languages: list[str]) -> list[int]:
    """An item that several other languages have stands once, in the first of these."""
    order = {number_of_language(code): at for at, code in enumerate(languages)}
    in_order = sorted(numbers, key=lambda number: order.get(unpack(number).language, len(order)), reverse=True)
    return list({item_of(number): number for number in in_order}.values())


def is_chosen(number: int, kind: int | None, year: int | None) -> bool:
    one = unpack(number)
    return (kind is None or one.kind == kind) and (year is None or one.year == year)
