"""Queries whose SQL is worked out once in each language: it takes ten times as long as a database needs to answer.

What a query is built from beside the language and the clock are its values; the statement stays the same for all of
them. See docs/decisions/0047-prepared-queries.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import get_language

from publishing import clock

# So many are remembered on each connection; a page of a list has a query for each number of its rows.
MOST, MOST_VALUES = 500, 50
LARGEST = 2**31
# Between two moments that have no part in common: not the year, nor the month, the weekday or the hour.
APART = timedelta(days=400, hours=1, minutes=1, seconds=1, microseconds=1)


def prepared(build: Callable[..., QuerySet]) -> Callable[..., list]:
    """Makes a function that builds a queryset from texts and numbers into one that returns its rows.

    What time it is the function asks `publishing.clock`, as everybody does, and nothing else that may differ between
    two calls. Where its values decide the statement itself, it is built anew each time, which is slower, but right.
    """

    @wraps(build)
    def rows(*values: str | int) -> list:
        connection = connections[DEFAULT_DB_ALIAS]
        statements = connection.__dict__.setdefault("prepared_statements", {})
        if len(values) > MOST_VALUES or not all(map(is_simple, values)):
            return list(build(*values))
        key = (build, get_language(), *map(type, values))
        if key not in statements:
            if len(statements) >= MOST:
                statements.clear()
            statements[key] = Statement.of(build, values, connection)
        statement = statements[key]
        return list(build(*values)) if statement is None else statement.rows((clock.now(), *values))

    return rows


def is_simple(value) -> bool:
    """None is no value to compare with, an empty text is none to some databases, and what no column of numbers holds
    Django answers without asking.
    """
    return (type(value) is int and 0 <= value < LARGEST) or (type(value) is str and value != "")


class Statement:
    """A queryset with its SQL, for one connection. `places` has for each parameter the value that stands there, or how
    long after the clock's moment it is.
    """

    def __init__(self, queryset, compiler, sql, params, places):
        self.queryset, self.compiler = queryset, compiler
        self.sql, self.params, self.places = sql, params, places
        self.converters = compiler.get_converters([expression for expression, *_ in compiler.select])
        compiler.get_converters = lambda expressions: self.converters
        compiler.execute_sql = lambda *args, **kwargs: self.execute()
        # The query's rows are made as always, by the queryset's own iterator.
        queryset.query.get_compiler = lambda *args, **kwargs: compiler

    @classmethod
    def of(cls, build, values, connection) -> Statement | None:
        """None where the statement follows from the values."""
        try:
            first, second = (compiled(build, values, connection, turn) for turn in (1, 2))
        except EmptyResultSet:
            return None
        (queryset, compiler, sql, params, marks), (*_, other_sql, other_params, other_marks) = first, second
        if sql != other_sql or len(params) != len(other_params):
            return None
        places: list[int | timedelta | None] = []
        for one, other in zip(params, other_params, strict=True):
            if one == other:
                places.append(None)
                continue
            found = [at for at in range(len(marks)) if (marks[at], other_marks[at]) == (one, other)]
            if len(found) != 1:
                found = distances(one, marks[0]) & distances(other, other_marks[0])
            if len(found) != 1:
                return None  # something that is worked out from a value
            places += found
        return cls(queryset, compiler, sql, params, places)

    def rows(self, values: tuple) -> list:
        self.asked = [self.asked_for(*pair, values) for pair in zip(self.params, self.places, strict=True)]
        found = list(self.queryset._iterable_class(self.queryset))
        prefetch_related_objects(found, *self.queryset._prefetch_related_lookups)
        return found

    def asked_for(self, param, place, values: tuple):
        """What stands for a parameter this time."""
        if place is None:
            return param
        if isinstance(place, timedelta) or place == 0:
            moment = values[0] + place if place else values[0]
            return self.compiler.connection.ops.adapt_datetimefield_value(moment)
        return type(param)(values[place])

    def execute(self):
        with self.compiler.connection.cursor() as cursor:
            cursor.execute(self.sql, self.asked)
            return [cursor.fetchall()]


def distances(one, moment) -> set[timedelta]:
    """How long after the clock's moment another one is; both as the database is told of them."""
    if isinstance(one, str) and isinstance(moment, str):
        try:
            return {datetime.fromisoformat(one) - datetime.fromisoformat(moment)}
        except ValueError:
            return set()
    return {one - moment} if isinstance(one, datetime) and isinstance(moment, datetime) else set()


def compiled(build, values, connection, turn: int):
    """The queryset of values that nobody has, another one each turn, and how the database is told of them."""
    moment = datetime(1111, 1, 1, tzinfo=UTC) + turn * APART
    marks = [
        f"\ue000{turn}-{number}" if isinstance(value, str) else 1_111_000_000 + 1000 * turn + number
        for number, value in enumerate(values)
    ]
    with clock.clock_set_to(moment):
        queryset = build(*marks)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
    return queryset, compiler, sql, params, [connection.ops.adapt_datetimefield_value(moment), *marks]
