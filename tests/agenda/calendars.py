"""Calendars made of a few events, and their lines."""

from agenda.feed_entries import entries
from agenda.ical import build_calendar
from agenda.models import Event


def calendar(*events, language="en"):
    rows = Event.objects.filter(pk__in=[event.pk for event in events]).in_order().for_calendar()
    return build_calendar(
        entries(rows, language, lambda slug: f"https://example.org/{language}/agenda/{slug}/"),
        language=language,
        title="Agenda",
        feed_url=f"https://example.org/{language}/agenda.ics",
        page_url=f"https://example.org/{language}/agenda/",
    )


def lines_of(octets):
    return octets.decode().replace("\r\n ", "").split("\r\n")
