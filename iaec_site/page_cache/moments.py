"""The moment until which pages are right although nobody changes anything: something appears, ends, or a day does.

One moment for all pages rather than one for each: it follows from the content and the clock alone, so no view can
forget to say what it looked at. It costs two queries for each change of a table that has moments, and each such moment
lets every page be made once more, a few times a day.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, time, timedelta
from math import inf
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from agenda.feeds import CANCELLED_STAYS
from agenda.models import Event
from iaec_site.page_cache.generation import Generation, Stamp
from iaec_site.page_cache.readings import readings
from iaec_site.page_cache.statements import ANY
from publishing.models import Publishable
from publishing.triggers import has_columns

logger = logging.getLogger(__name__)

PREFIX = "moment_of_"
WITHDRAWAL = "withdraw_at"
COLUMNS = ("publish_at", WITHDRAWAL)
EARLIER = 10.0


class Next(NamedTuple):
    """Moments of the Unix epoch: from which on anything may differ, and from which on anything is withdrawn."""

    change: float
    withdrawal: float


class Known(NamedTuple):
    """What comes next, for whoever asks as of a moment from `since` on and before it comes."""

    since: float
    next: Next
    here: Generation
    stamp: Stamp

    def tells(self, here: Generation, begun: float) -> bool:
        return self.since <= begun < self.next.change and self.here is here and here.has(self.stamp)


class Moments:
    """Remembers the next moments until a table that they stand in changes."""

    def __init__(self):
        self.known: Known | None = None

    def after(self, here: Generation, begun: float) -> Next:
        """The next moments for what was begun at a moment, in seconds of the Unix epoch, and is right until then."""
        if (known := self.known) is not None and known.tells(here, begun):
            return known.next
        now = here.begin()
        try:
            # What was begun a little earlier will be asked about, too.
            for since in (begun - EARLIER, begun):
                found, tables = readings.aside(lambda since=since: next_moments(datetime.fromtimestamp(since, UTC)))
                if found.change > begun:
                    break
        except DatabaseError:
            logger.warning("Pages are not kept while the database does not answer", exc_info=True)
            return Next(begun, begun)
        if stamp := here.stamp(now, None if ANY in tables else tables):
            self.known = Known(since, found, here, stamp)
        return found


def timed_tables() -> list[str]:
    """Those whose rows appear and disappear by themselves."""
    return sorted(
        model._meta.db_table for model in apps.get_models() if issubclass(model, Publishable) and not model._meta.proxy
    )


def next_moments(now: datetime) -> Next:
    """The first moments after an aware `now` at which any page may change by itself."""
    connection = connections[DEFAULT_DB_ALIAS]
    events = Event._meta.db_table
    first = 'SELECT {}, MIN("{}") FROM "{}" WHERE "{}" > %s'
    asked = [
        (first.format(int(column == WITHDRAWAL), column, table, column), now)
        for table in timed_tables()
        for column in COLUMNS
    ]
    # As the index of the agenda has it: `event_by_end`.
    ends = first.format(0, "ends_at", events, "ends_at") + " AND state = 'published'"
    asked += [(ends, now), (ends, now - CANCELLED_STAYS)]
    moments = [connection.ops.adapt_datetimefield_value(moment) for _, moment in asked]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in asked), moments)
        # They come in no order that one could rely on, and need none: only an end can lie before now.
        found = [(is_withdrawal, as_moment(value)) for is_withdrawal, value in cursor.fetchall() if value is not None]
    moments = [moment if moment > now else moment + CANCELLED_STAYS for _, moment in found]
    change = min([*moments, *(next_midnight(now, zone) for zone in zones_of_deadlines(now))])
    withdrawals = [moment.timestamp() for is_withdrawal, moment in found if is_withdrawal]
    return Next(change.timestamp(), min(withdrawals, default=inf))


def as_moment(value: datetime | str) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value).replace(tzinfo=UTC)


def zones_of_deadlines(now: datetime) -> set[str]:
    """Where days are counted: at the secretariat, and where deadlines end to which pages count the days."""
    deadlines = Event._base_manager.filter(kind=Event.Kind.DEADLINE, state="published", ends_at__gt=now)
    zones = deadlines.order_by().values_list("timezone", "city__timezone").distinct()
    return {settings.TIME_ZONE} | {own or of_city for own, of_city in zones if own or of_city}


def next_midnight(now: datetime, zone: str) -> datetime:
    """The first instant of the next day there; where clocks change at midnight, the earlier of two readings."""
    here = ZoneInfo(zone)
    midnight = datetime.combine(now.astimezone(here).date() + timedelta(days=1), time.min, here)
    readings = {midnight.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    return min((moment for moment in readings if moment > now), default=now + timedelta(minutes=1))


def install(using: str) -> None:
    """Indexes of nothing but the few rows that have a moment. Made like triggers, from the models as they are.

    They are no part of the models of other apps, which know nothing of ready pages.
    """
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in timed_tables():
            for column in COLUMNS:
                if table in tables and has_columns(connection, cursor, table, [column]):
                    cursor.execute(
                        f"CREATE INDEX IF NOT EXISTS {quote(f'{PREFIX}{table}_{column}')} ON {quote(table)}"
                        f" ({quote(column)}) WHERE {quote(column)} IS NOT NULL"
                    )


def remove(using: str) -> None:
    """Before migrations, for SQLite stumbles over indexes of columns that go."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in timed_tables():
            for column in COLUMNS:
                cursor.execute(f"DROP INDEX IF EXISTS {connection.ops.quote_name(f'{PREFIX}{table}_{column}')}")
