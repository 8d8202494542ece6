"""One number for several machines, in the database or in Redis, so that each hears of the others' changes in a second.

`GENERATION_URL` says where: empty (one machine, nothing to ask), `database`, or `redis://…`. Each serving process asks
every `PAUSE` seconds. Ready pages are shown only while the last answer is less than `TRUSTED` seconds old; otherwise
Django makes each page, which is slower, but right.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from math import inf

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections

from iaec_site.page_cache.generation import Generation

logger = logging.getLogger(__name__)

PAUSE = 0.25
TRUSTED = 1.0
# Seconds after which a commit that was announced in Redis and never ended counts as that of a dead process.
LONGEST_COMMIT = 30


class OneMachine:
    """Nothing is shared: the memory of this machine is enough."""

    is_shared = False

    @contextmanager
    def commit(self, connection) -> Iterator[None]:
        yield


class InDatabase:
    """Raised by the transaction of the change itself, as its last statement: seen with the change or not at all."""

    is_shared = True
    TABLE = "page_cache_sharedgeneration"

    def __init__(self):
        self.has_table = False

    @contextmanager
    def commit(self, connection) -> Iterator[None]:
        with connection.cursor() as cursor:
            # Not before the first `migrate`.
            self.has_table = self.has_table or self.TABLE in connection.introspection.table_names(cursor)
            if self.has_table:
                cursor.execute(f"UPDATE {self.TABLE} SET number = number + 1")  # noqa: S608 - a name of our own
        yield

    def read(self) -> tuple[int, bool]:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f"SELECT number FROM {self.TABLE}")  # noqa: S608
            return cursor.fetchone()[0], True


class InRedis:
    """Announced before the commit and raised after it. Whoever reads meanwhile hears that something is under way."""

    is_shared = True
    NUMBER, UNDER_WAY = "page_cache:generation", "page_cache:commits"
    BEGIN = """
        local now = redis.call('TIME')[1]
        redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
    """
    END = """
        redis.call('INCR', KEYS[1])
        redis.call('ZREM', KEYS[2], ARGV[1])
    """
    READ = """
        local now = redis.call('TIME')[1]
        if redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. now) > 0 then redis.call('INCR', KEYS[1]) end
        return {redis.call('GET', KEYS[1]) or '0', redis.call('ZCARD', KEYS[2])}
    """

    def __init__(self, url: str):
        import redis

        self.error = redis.RedisError
        self.client = redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)

    @contextmanager
    def commit(self, connection) -> Iterator[None]:
        mark = uuid.uuid4().hex
        self.tell(self.BEGIN, 1, self.UNDER_WAY, mark, LONGEST_COMMIT)
        try:
            yield
        finally:
            self.tell(self.END, 2, self.NUMBER, self.UNDER_WAY, mark)

    def tell(self, *words) -> None:
        """Never keeps a change from being saved. While nobody reaches Redis, no machine shows ready pages either."""
        try:
            self.client.eval(*words)
        except self.error:
            logger.exception("Other machines could not be told of a change")

    def read(self) -> tuple[int, bool]:
        number, under_way = self.client.eval(self.READ, 2, self.NUMBER, self.UNDER_WAY)
        return int(number), not under_way


@lru_cache(1)
def shared_generation() -> OneMachine | InDatabase | InRedis:
    """As `GENERATION_URL` has it. Raises ImproperlyConfigured for an address of another kind."""
    url = settings.GENERATION_URL
    if not url:
        return OneMachine()
    if url == "database":
        return InDatabase()
    if url.startswith(("redis://", "rediss://", "unix://")):
        return InRedis(url)
    raise ImproperlyConfigured(f"GENERATION_URL is “{url}”; it is empty, “database”, or the address of a Redis.")


class Follower:
    """Follows the shared number in a thread of its own, from the first request on.

    `trusted_until` is the moment (seconds of the Unix epoch) until which ready pages may be shown.
    """

    def __init__(self, shared, generation: Generation):
        self.shared = shared
        self.generation = generation
        self.trusted_until = -inf if shared.is_shared else inf
        self.was_under_way = False
        self.has_begun = not shared.is_shared
        self.lock = threading.Lock()

    def begin(self) -> None:
        with self.lock:
            if not self.has_begun:
                self.has_begun = True
                threading.Thread(target=self.follow, name="page-cache-follower", daemon=True).start()

    def follow(self) -> None:
        while True:
            self.look()
            time.sleep(PAUSE)

    def look(self) -> None:
        begun = time.time()
        try:
            number, is_settled = self.shared.read()
        except Exception:
            # Trust runs out by itself; the next look may succeed.
            logger.warning("The number that machines share cannot be read; pages are made anew", exc_info=True)
            connections.close_all()
            return
        self.generation.follow(number)
        if not is_settled:
            self.was_under_way = True
            self.trusted_until = -inf
            return
        if self.was_under_way:
            # What was made while another machine committed may hold either state.
            self.was_under_way = False
            self.generation.raise_number()
        self.trusted_until = begun + TRUSTED
