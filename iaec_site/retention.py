"""What the worker removes once its term is over, beside what apps look after themselves."""

from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.utils import timezone

from desk.models import DraftLink
from iaec_site.terms import days, ended_invitations, ended_links
from invitations.models import Invitation


def remove_what_is_over() -> None:
    """Called every hour by whoever serves the site; bears being called twice at once."""
    now = timezone.now()
    ended_invitations(Invitation.objects.all(), now).delete()
    ended_links(DraftLink.objects.all(), now).delete()
    days("HISTORY_DAYS", "action_time")(LogEntry.objects.all(), now).delete()
