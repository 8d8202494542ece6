"""Looks into the mailbox of bounces and takes what it finds."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from newsletter import bounces
from newsletter.bounce_reports import read_report
from newsletter.mailboxes import messages


def read_mailbox(url: str) -> dict[str, int]:
    """How many messages were new reports, known ones, and no reports. Raises `mailboxes.Unusable`.

    A report is deleted after it is kept for good: whoever dies in between reads it again, and it counts once.
    """
    counts = {"new": 0, "known": 0, "other": 0}
    for raw, delete in messages(url):
        report = read_report(raw)
        if report is None:
            counts["other"] += 1
            continue
        counts["new" if bounces.take(report) else "known"] += 1
        delete()
    return counts


@task()
def read_bounces():
    """Hourly. A mailbox that cannot be read is a failed task, which the admin lists; the next hour tries again."""
    if settings.BOUNCE_MAILBOX_URL:
        read_mailbox(settings.BOUNCE_MAILBOX_URL)


def enqueue_reading():
    """In the background, where a slow mail server holds up nothing else."""
    if settings.BOUNCE_MAILBOX_URL:
        read_bounces.enqueue()
