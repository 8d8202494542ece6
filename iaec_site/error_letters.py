"""Letters about errors, to ERRORS_TO: the very lines of the log, with the request's id, and no more than a few.

Not Django's own report: that has the visitor's address, cookies, and whole addresses of pages with keys in them.
"""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.core.mail import mail_admins

from iaec_site.masking import masked

# Of the same kind one in so many seconds, and of all so many in that time, from each process.
PERIOD, MOST = 3600, 10


class ErrorLetters(logging.Handler):
    def __init__(self):
        super().__init__()
        self.begun = float("-inf")
        self.told: set[tuple] = set()

    def emit(self, record):
        if not self.is_due(record):
            return
        subject = masked(f"{record.name}: {record.getMessage()}").splitlines()[0][:150]
        text = (
            f"{self.format(record)}\n\n{settings.SITE_URL}\n"
            f"Errors of the same kind are not told of again within an hour; the log has all of them."
        )
        # In a thread of its own: a mail server that says nothing must not keep the visitor waiting.
        threading.Thread(target=self.send, args=(record, subject, text), daemon=True).start()

    def send(self, record, subject, text):
        try:
            mail_admins(f"{record.levelname} {subject}", text)
        except Exception as error:
            # The log has the error already; this says that nobody was told. A warning makes no letter.
            logging.getLogger(__name__).warning("No letter about an error could be sent: %s", error)

    def is_due(self, record) -> bool:
        kind = (record.name, record.msg, record.exc_info[0] if record.exc_info else None)
        now = time.monotonic()
        with self.lock:
            if now - self.begun > PERIOD:
                self.begun = now
                self.told.clear()
            if kind in self.told or len(self.told) >= MOST:
                return False
            self.told.add(kind)
            return True
