"""Which tables a part of a page was made from: noted from the statements that were run for it, not said by anybody.

What a part shows may have been read before it, and come to it in a variable. So a part that takes variables of its
page counts as made from all that was read for the page until then, too. One that stands apart, and takes none, counts
as made from what was read while it was made, and from what the parts within it were made from.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from math import inf
from typing import NamedTuple, TypeVar

from django.core.signals import request_started

from iaec_site.page_cache.statements import tables_read

Made = TypeVar("Made")


class Part(NamedTuple):
    """One that is being made. `takes`: it may show what was read before it; `gives`: others may show what it read."""

    tables: set[str]
    takes: bool
    gives: bool


class Readings(threading.local):
    """Those of the page that this thread makes. Outside of a request they are never forgotten, which is safe."""

    def __init__(self):
        self.page: set[str] = set()
        self.parts: list[Part] = []
        # The moment, of the Unix epoch, in which the page that is being made was begun.
        self.page_begun = inf

    def note(self, sql: str) -> None:
        self.add(tables_read(sql))

    def add(self, tables: frozenset[str], *, gives: bool = True) -> None:
        """These were read, now or when something was made that is shown again."""
        if self.parts:
            self.parts[-1].tables.update(tables)
        elif gives:
            self.page.update(tables)

    def of(self, make: Callable[[], Made], *, takes: bool = True, gives: bool = True) -> tuple[Made, frozenset[str]]:
        """What `make` returns, and the tables that it was made from."""
        part = Part(set(), takes, gives)
        self.parts.append(part)
        try:
            made = make()
            tables = self.behind_this_part()
        finally:
            self.parts.pop()
            self.add(frozenset(part.tables), gives=gives)
        return made, tables

    def asked_of(self, ask: Callable[[], Made], in_vain: Callable[[Made], Collection[str]]) -> Made:
        """What `ask` returns; of the tables that it looks into, some do not count: see `publishing.kept`."""
        part, dropped = Part(set(), takes=True, gives=True), frozenset[str]()
        self.parts.append(part)
        try:
            made = ask()
            dropped = frozenset(in_vain(made))
        finally:
            self.parts.pop()
            self.add(frozenset(part.tables - dropped))
        return made

    def behind_this_part(self) -> frozenset[str]:
        found: set[str] = set()
        for part in reversed(self.parts):
            found |= part.tables
            if not part.takes:
                return frozenset(found)
        return frozenset(found | self.page)

    def aside(self, make: Callable[[], Made]) -> tuple[Made, frozenset[str]]:
        """The same for what no part shows."""
        page, parts = self.page, self.parts
        self.page, self.parts = set(), []
        try:
            return self.of(make, takes=False)
        finally:
            self.page, self.parts = page, parts

    def begin_page(self, **kwargs) -> None:
        # A page that is made within another one is a part of it.
        if not self.parts:
            self.page = set()
            self.page_begun = time.time()


# Those of this thread.
readings = Readings()
request_started.connect(readings.begin_page, dispatch_uid="page_cache.readings")
