"""What the agenda asks of its editors today."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from agenda.attention import Attention, counts
from agenda.models import Event
from desk.scope import shown_rows
from desk.today import Block, Line, block_of_today


@block_of_today(20)
def events_to_look_at(request):
    """Dates to firm up and to announce, and past events still worded as coming; each leads to the list of these."""
    own = admin.site._registry[Event]
    if not own.has_change_permission(request):
        return None
    address = reverse("admin:agenda_event_changelist")
    lines = [
        Line(words(attention, count), f"{address}?attention={attention.value}", count=count, tone=tone(attention))
        for attention, count in counts(shown_rows(request, own)).items()
        if count
    ]
    return Block("agenda", gettext("Agenda"), lines, kind="work")


def words(attention, count):
    match attention:
        case Attention.FIRM_UP:
            return ngettext("date to firm up", "dates to firm up", count)
        case Attention.ANNOUNCE:
            return ngettext("date to be announced", "dates to be announced", count)
        case _:
            return ngettext("past, but worded as coming", "past, but worded as coming", count)


def tone(attention):
    return "soon" if attention == Attention.FIRM_UP else ""
