"""One delivery's step from state to state, in SQL.

Two of these belong to each letter; building them with the ORM would cost more than sending it.
"""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from newsletter.models import Delivery, Subscriber

DELIVERIES = Delivery._meta.db_table
IS_CONFIRMED = (
    f" AND EXISTS (SELECT 1 FROM {Subscriber._meta.db_table} reader"  # noqa: S608 - a name of ours
    f" WHERE reader.id = {DELIVERIES}.subscriber_id AND reader.state = '{Subscriber.State.CONFIRMED}')"
)
CHANGEABLE = {"answer", "attempts", "due_at", "sender"}


def move(pk: int, of_sender: str, before: list[str], after: str, *, only_if_confirmed: bool = False, **changes) -> int:
    """Move a row of this sender's from one of the states `before` to `after`; 1, or 0 where it is not as expected.

    `changes` are further columns. `only_if_confirmed` asks the reader's state in the same statement.
    """
    if unknown := changes.keys() - CHANGEABLE:
        raise ValueError(f"These columns are not a step's to change: {unknown}")
    values = {"state": str(after), "changed_at": timezone.now()} | changes
    sets = ", ".join(f"{column} = %s" for column in values)
    states = ", ".join(["%s"] * len(before))
    sql = f"UPDATE {DELIVERIES} SET {sets} WHERE id = %s AND sender = %s AND state IN ({states})"  # noqa: S608 - names of ours
    if only_if_confirmed:
        sql += IS_CONFIRMED
    adapted = [in_database(column, value) for column, value in values.items()]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*adapted, pk, of_sender, *map(str, before)])
        return cursor.rowcount


def in_database(column, value):
    return connection.ops.adapt_datetimefield_value(value) if column in ("changed_at", "due_at") else value
