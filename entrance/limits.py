"""How often one network, one account or one address may try something.

Counted in the database, so that it holds across processes and machines, under keys that tell nothing: a keyed hash,
with another salt each day. A database that fails lets people through, unless it could not keep what they are about to
do either: then they hear so at once.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from publishing.trouble import trouble_of

logger = logging.getLogger(__name__)

ADD = """
INSERT INTO entrance_count (key, number, ends_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET number = entrance_count.number + 1 RETURNING number
"""


def is_within(kind: str, value: str, *, most: int, seconds: int) -> bool:
    """Counts one more try of this kind and says whether it is one of the `most` that a window of `seconds` allows."""
    now = timezone.now()
    window = int(now.timestamp()) // seconds
    digest = salted_hmac(f"entrance.limits.{now:%Y-%m-%d}", f"{kind} {window} {value}", algorithm="sha256")
    ends_at = datetime.fromtimestamp((window + 1) * seconds, UTC)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ADD, [digest.hexdigest(), connection.ops.adapt_datetimefield_value(ends_at)])
            return cursor.fetchone()[0] <= most
    except DatabaseError as error:
        if trouble_of(error):
            raise
        logger.warning("The limit “%s” cannot be counted, so everybody may pass.", kind, exc_info=True)
        return True
