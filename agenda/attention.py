"""Which events an editor should look at: dates to firm up, dates to announce, past ones still worded as coming."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.models import Event

# From so many days before it can start, an event should have its days.
FIRM_UP_WITHIN = timedelta(days=90)


class Attention(models.TextChoices):
    """At most one of them holds for an event."""

    FIRM_UP = "firm_up", _("date to firm up")
    ANNOUNCE = "announce", _("date to be announced")
    REWORD = "reword", _("past, but worded as coming")


# The same as a choice of a list.
OF_SEVERAL = {
    Attention.FIRM_UP: _("dates to firm up"),
    Attention.ANNOUNCE: _("dates to be announced"),
    Attention.REWORD: _("past, but worded as coming"),
}
# The most urgent first.
ORDER = {
    Attention.FIRM_UP: ["earliest", "ends_at", "pk"],
    Attention.ANNOUNCE: ["created_at", "pk"],
    Attention.REWORD: ["-ends_at", "-pk"],
}


def needing(attention, now=None):
    """The condition for events, drafts included, that need this at a moment (now by default)."""
    now = now or timezone.now()
    # Said of the vague ones in each case, so that the database finds them by its index of these.
    vague = models.Q(vagueness__gt=0, ends_at__gt=now) & ~models.Q(status=Event.Status.CANCELLED)
    match attention:
        case Attention.FIRM_UP:
            return vague & models.Q(earliest__lt=first_day_without_hurry(now))
        case Attention.ANNOUNCE:
            return vague & models.Q(earliest__isnull=True)
        case Attention.REWORD:
            return models.Q(ends_at__lte=now) & ~models.Q(worded_as_coming="")
    raise ValueError(f"Nobody needs “{attention}”.")


def attention_for(event, now=None):
    """What this event needs, or None. The same answer as `needing`, for a row in memory."""
    now = now or timezone.now()
    if event.ends_at <= now:
        return Attention.REWORD if event.worded_as_coming else None
    if event.vagueness == 0 or event.status == Event.Status.CANCELLED:
        return None
    if event.earliest is None:
        return Attention.ANNOUNCE
    return Attention.FIRM_UP if event.earliest < first_day_without_hurry(now) else None


def first_day_without_hurry(now):
    return timezone.localdate(now) + FIRM_UP_WITHIN


def counts(events, now=None):
    """`{attention: number of events}`; a query each, by an index."""
    now = now or timezone.now()
    return {attention: events.filter(needing(attention, now)).count() for attention in Attention}
