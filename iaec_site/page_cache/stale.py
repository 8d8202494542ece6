"""While the database does not answer, the last good page is shown in place of one that cannot be made, and says so.

An outage is noted by whoever could not make a page because of the database. From then on nobody waits for it: a thread
asks every second whether it is back, and until then pages come from memory alone. An outage that was noted counts only
as long as the content has the number it had: a commit that succeeds is the end of it.
"""

from __future__ import annotations

import logging
import threading
import time
from math import inf

from django.db import DEFAULT_DB_ALIAS, connections

from iaec_site.page_cache.answers import Answer
from iaec_site.page_cache.generation import NUMBER, WITHDRAWALS, Generation

logger = logging.getLogger(__name__)

# Seconds that a page may be old here, where it is known what was withdrawn. Proxies cannot know: they are told an
# hour (`stale-if-error`, see publishing/public_page.py).
OLDEST = 24 * 60 * 60
PAUSE = 1.0
# RFC 9211. Proxies in front add their own.
HEADER = ("Cache-Status", "site; hit; detail=stale")


class Outage:
    """That of this process."""

    def __init__(self, generation: Generation):
        self.words = generation.words
        self.number = -1
        self.lock = threading.Lock()
        self.is_watched = False

    @property
    def is_on(self) -> bool:
        return self.number == self.words[NUMBER]

    def note(self, number: int) -> None:
        """`number` is that of the content when a page was begun that could not be made."""
        with self.lock:
            self.number = number
            if self.is_watched:
                return
            self.is_watched = True
        logger.error("The database does not answer: pages are shown as they were last made")
        threading.Thread(target=self.watch, name="database-watch", daemon=True).start()

    def watch(self) -> None:
        while True:
            time.sleep(PAUSE)
            if database_answers():
                break
        with self.lock:
            self.number = -1
            self.is_watched = False
        logger.warning("The database answers again")


def database_answers() -> bool:
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")
            cursor.fetchone()
        return True
    except Exception:  # whatever it is, it does not answer
        return False
    finally:
        connections.close_all()


def may_be_shown(answer: Answer, generation: Generation) -> bool:
    """Whether an answer that was right may stand in for the one that cannot be made.

    Never beyond the next moment at which something withdraws itself, nor after something was withdrawn by hand: nobody
    can ask any more whether it was on this page.
    """
    now = time.time()
    return (
        answer.status[0] in "23"
        and answer.made_at <= now < min(answer.made_at + OLDEST, answer.withdrawn_from)
        and answer.withdrawals == generation.words[WITHDRAWALS]
    )


def marked(answer: Answer) -> Answer:
    """The same with the header that says how it stands with it."""
    if answer.stale is None:
        headers = [(name, value) for name, value in answer.headers if name != HEADER[0]]
        etag = [("ETag", f'"{answer.etag}"')] if answer.etag else []
        answer.stale = Answer(answer.status, [*headers, *etag, HEADER], answer.body)
        answer.stale.is_stale = True
        answer.stale.until = inf  # it is kept with the other one, and looked at with that
    return answer.stale
