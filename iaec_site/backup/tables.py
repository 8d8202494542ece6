"""Which tables make up a site, and in what form their values travel from one kind of database to another.

Values travel as JSON knows them. What JSON does not know goes as text: dates and times in ISO 8601 (moments in UTC),
decimals with all their digits, UUIDs as 32 hexadecimal digits, JSON columns as the text that they hold.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps

# What each database makes for itself: `migrate` their numbers and versions, `rebuild_search` the index, workers their
# signs of life.
MADE_ANEW = frozenset(
    """
    page_cache_sharedgeneration experiences_tableversion experiences_recordchange desk_listeditem
    search_indexrow search_word search_change workers_heartbeat
    """.split()
)
# Whoever finds an archive must not be signed in by it, and a restored site not sign in again who has signed out.
# What was counted against guessing is over soon, and names addresses.
NOT_IN_ARCHIVES = frozenset(
    """
    django_session entrance_signin entrance_count
    axes_accessattempt axes_accessattemptexpiration axes_accessfailurelog axes_accesslog
    """.split()
)
# What `migrate` puts into an empty database. Rows anywhere else mean that there is a site.
FILLED_BY_MIGRATE = MADE_ANEW | {
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}
KINDS = {
    **dict.fromkeys(("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField"), "integer"),
    **dict.fromkeys(("SmallIntegerField", "PositiveIntegerField", "PositiveBigIntegerField"), "integer"),
    "PositiveSmallIntegerField": "integer",
    **dict.fromkeys(("CharField", "TextField", "SlugField", "FileField", "GenericIPAddressField"), "text"),
    "BooleanField": "bool",
    "FloatField": "float",
    "DateField": "date",
    "TimeField": "time",
    "DateTimeField": "moment",
    "DecimalField": "decimal",
    "UUIDField": "uuid",
    "JSONField": "json",
}


class Column(NamedTuple):
    name: str
    kind: str
    places: int = 0  # behind the point of a decimal


class Table(NamedTuple):
    """`columns[key]` orders the rows, and says which is which."""

    name: str
    columns: tuple[Column, ...]
    key: int
    is_counted: bool  # the database numbers its rows

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


@lru_cache(1)
def all_tables() -> tuple[Table, ...]:
    """Those of every model that are not made anew, by name. ValueError for a column of a kind that is not known."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in MADE_ANEW
    ]
    return tuple(sorted(map(table_of, models)))


def table_of(model) -> Table:
    fields = model._meta.local_concrete_fields
    key = fields.index(model._meta.pk)
    return Table(
        model._meta.db_table,
        tuple(column_of(field) for field in fields),
        key,
        model._meta.pk.get_internal_type() in {"AutoField", "BigAutoField", "SmallAutoField"},
    )


def column_of(field) -> Column:
    target = field
    while target.remote_field:
        target = target.target_field
    kind = KINDS.get(target.get_internal_type())
    if kind is None or getattr(field, "generated", False):
        raise ValueError(f"{field} is of a kind that backups do not know; see iaec_site/backup/tables.py.")
    return Column(field.column, kind, target.decimal_places if kind == "decimal" else 0)


def as_travelling(value: Any, column: Column) -> Any:
    """A value as a database gave it, in the form that is the same for all of them; None stays None."""
    if value is None:
        return None
    match column.kind:
        case "bool":
            return bool(value)
        case "float":
            return float(value)
        case "moment":
            moment = datetime.fromisoformat(value) if isinstance(value, str) else value
            return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)).isoformat()
        case "date" | "time":
            return value.isoformat() if isinstance(value, date | time) else value
        case "decimal":
            return str(Decimal(str(value)).quantize(Decimal(1).scaleb(-column.places)))
        case "uuid":
            return value.hex if isinstance(value, UUID) else value
    return value


def for_sqlite(value: Any, column: Column) -> Any:
    """What Django itself writes there for this value."""
    if column.kind == "moment" and value is not None:
        return value.replace("T", " ").removesuffix("+00:00")
    return value


def comparable(row: list, table: Table) -> bytes:
    """The row as bytes, the same wherever it lies: PostgreSQL keeps JSON in an order and with spaces of its own."""
    if any(column.kind == "json" for column in table.columns):
        row = [
            one_spelling(value) if column.kind == "json" and value is not None else value
            for value, column in zip(row, table.columns, strict=True)
        ]
    return line_of(row)


def line_of(row: list) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def one_spelling(text: str) -> str:
    return json.dumps(json.loads(text, parse_float=one_number), sort_keys=True)


def one_number(text: str) -> int | str:
    """1.0, 1.00 and 1e0 are one number; nobody but a comparison sees its spelling."""
    number = Decimal(text)
    if not number:
        return 0
    if number == number.to_integral_value() and number.adjusted() < 400:
        return int(number)
    return f"number {number.normalize()}"
