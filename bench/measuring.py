"""What an address costs: queries, rows read, bytes sent, and time."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.db.models.sql import compiler

from publishing.prepared import Statement

# As often as fits into this many seconds, but at least three times: the first time fills caches and is left out.
SECONDS, FEWEST, MOST = 0.4, 3, 15


@dataclass(frozen=True)
class Cost:
    status: int
    queries: int
    rows: int
    kilobytes: float
    cpu: float
    wall: float

    def __str__(self):
        counts = f"{self.status:>4} {self.queries:>8} {self.rows:>7}"
        return f"{counts} {self.kilobytes:>8.1f} {self.cpu:>8.1f} {self.wall:>8.1f}"


HEAD = f"{'':>4} {'queries':>8} {'rows':>7} {'KB':>8} {'CPU ms':>8} {'ms':>8}"


def cost_of(get, address) -> Cost:
    """`get` asks for an address and returns a response. Times are medians; CPU is that of this process alone."""
    get(address)
    with counting() as count:
        size = size_of(response := get(address))
    cpu, wall = [], []
    end = time.monotonic() + SECONDS
    while len(cpu) < FEWEST or (len(cpu) < MOST and time.monotonic() < end):
        cpu_before, wall_before = time.process_time(), time.perf_counter()
        size_of(get(address))
        cpu.append(time.process_time() - cpu_before)
        wall.append(time.perf_counter() - wall_before)
    return Cost(
        response.status_code,
        count["queries"],
        count["rows"],
        size / 1000,
        median(cpu) * 1000,
        median(wall) * 1000,
    )


def size_of(response) -> int:
    """In bytes; what is written while it is sent has to be read for that."""
    return sum(map(len, response.streaming_content)) if response.streaming else len(response.content)


@contextmanager
def counting():
    """The queries, and the rows that came back from those that read lists."""
    count = {"queries": 0, "rows": 0}
    original, executed = compiler.cursor_iter, Statement.execute

    def counted_rows(*args, **kwargs):
        for rows in original(*args, **kwargs):
            count["rows"] += len(rows)
            yield rows

    def counted_query(execute, *args):
        count["queries"] += 1
        return execute(*args)

    def counted_statement(*args, **kwargs):
        (rows,) = found = executed(*args, **kwargs)
        count["rows"] += len(rows)
        return found

    compiler.cursor_iter, Statement.execute = counted_rows, counted_statement
    try:
        with connection.execute_wrapper(counted_query):
            yield count
    finally:
        compiler.cursor_iter, Statement.execute = original, executed
