"""Deadlines of the agenda on the pages of the editions that they belong to."""

from django import template
from django.db.models import F

from agenda.models import Event

register = template.Library()


@register.simple_tag
def coming_deadlines(series=None, edition=None):
    """Deadlines ahead of a series, or of one edition, the next one first. One query.

    Without those on the day that the edition itself gives as its deadline: the page tells of it already.
    """
    deadlines = Event.objects.published().listed().filter(kind=Event.Kind.DEADLINE, status=Event.Status.CONFIRMED)
    deadlines = deadlines.filter(edition=edition) if edition else deadlines.filter(edition__series=series)
    own = deadlines.filter(latest=F("edition__deadline")).values("pk")
    return list(deadlines.exclude(pk__in=own).upcoming().for_cards())
