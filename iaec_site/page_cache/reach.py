"""What a row that is kept could still read: one that it names, when somebody looks at that, and keeps it from then on.

Pages that show a kept row again would show what was read for another page, and no statement of theirs would tell of
it. So these tables count among those that the row was made from, from the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.utils.functional import LazyObject, Promise, cached_property

from iaec_site.page_cache.statements import ANY, told_tables

PLAIN = (str, bytes, int, float, bool, type(None), date, time, Decimal, Promise)
COLLECTIONS = (tuple, list, set, frozenset)
# Whose own objects are kept, and are nothing but their attributes: entries of a menu, texts, what a page has shown.
APPS = frozenset(("pages", "pictures", "translations"))
NONE: frozenset[str] = frozenset()


def tables_in_reach(made: Any) -> frozenset[str]:
    """Of a row or of whatever holds rows; `ANY` among them where it is of a kind that this does not know."""
    return frozenset(reached(made, set()))


def reached(made: Any, seen: set[int]) -> set[str]:
    if not isinstance(made, LazyObject):
        if isinstance(made, PLAIN) or id(made) in seen:
            return set()
        seen.add(id(made))
        if isinstance(made, COLLECTIONS):
            return set().union(*(reached(one, seen) for one in made))
        if isinstance(made, Mapping):
            return set().union(*(reached(one, seen) for one in made.values()))
        if not works_out(type(made)):
            if isinstance(made, Model):
                return reached_by_row(made, seen)
            if type(made).__module__.partition(".")[0] in APPS and hasattr(made, "__dict__"):
                return reached(vars(made), seen)
    return {ANY}


def reached_by_row(row: Model, seen: set[int]) -> set[str]:
    words = vars(row)
    # A column that was left out is one of the row's own table.
    found = {row._meta.db_table.lower()} if row.get_deferred_fields() else set()
    for field in row._meta.concrete_fields:
        if field.remote_field is None or words.get(field.attname, ANY) is None:
            continue
        if not field.is_cached(row):
            found |= behind(field.remote_field.model)
    for relation in row._meta.related_objects:
        if relation.one_to_one and not relation.is_cached(row):
            found |= behind(relation.related_model)
    found |= reached(row._state.fields_cache, seen)
    return found.union(*(reached(value, seen) for name, value in words.items() if name != "_state"))


@lru_cache(200)
def behind(model: type[Model]) -> frozenset[str]:
    """Its table, and those that lie behind its rows in turn."""
    seen, waiting = set(), [model]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += [field.remote_field.model for field in one._meta.concrete_fields if field.remote_field]
            waiting += [relation.related_model for relation in one._meta.related_objects if relation.one_to_one]
    tables = {one._meta.db_table.lower() for one in seen}
    return frozenset(tables & told_tables() | ({ANY} if tables - told_tables() or any(map(works_out, seen)) else NONE))


@lru_cache(500)
def works_out(kind: type) -> bool:
    """Whether objects of a class keep what they are asked for, whatever that is."""
    return any(isinstance(value, cached_property) for one in kind.__mro__ for value in vars(one).values())
