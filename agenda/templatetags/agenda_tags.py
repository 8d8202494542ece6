"""The agenda that stands beside every page, and the dates of events in words."""

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from agenda.dates import times_text
from agenda.models import Event
from publishing.date_text import date_parts, date_text, months_gloss
from translations.texts import current_language

register = template.Library()

SIDEBAR_COMING = 10
SIDEBAR_AT_LEAST = 5


@register.simple_tag
def agenda_sidebar():
    """The next events; when fewer than five are ahead, the latest past ones too. One query, two in that case.

    Returns `{"coming": [Event, …], "past": [Event, …]}`.
    """
    events = Event.objects.published()
    coming = list(events.upcoming().for_cards()[:SIDEBAR_COMING])
    missing = SIDEBAR_AT_LEAST - len(coming)
    return {"coming": coming, "past": list(events.past().for_cards()[:missing]) if missing > 0 else []}


@register.simple_tag
def shown_dates(event):
    """The event's date in words, the months of a season beside it, and the times of the day with their zone.

    A date known to the day stands in `<time>`.
    """
    known = event.event_date()
    language = current_language()
    text = date_text(known.when, language, southern=known.southern)
    gloss = months_gloss(known.when, language, southern=known.southern)
    if gloss:
        text = f"{text} ({gloss})"
    if known.when.is_day_precise and not known.when.is_range:
        text = format_html('<time datetime="{}">{}</time>', event.earliest.isoformat(), text)
    return format_html_join(", ", "{}", ((part,) for part in (text, times_text(known, language)) if part))


@register.simple_tag
def short_dates(event):
    """The event's date in words without times, as the agenda beside every page prints it."""
    known = event.event_date()
    return date_text(known.when, current_language(), southern=known.southern)


@register.simple_tag
def days_left(event):
    """Days until a deadline's last day, 0 on that day itself, in the event's time zone; None once it is over."""
    return event.event_date().days_left(timezone.now())


@register.filter
def date_block(event):
    """The date as two short lines, `.big` over `.small`, for the block of a departure board."""
    known = event.event_date()
    today = timezone.localdate()
    return date_parts(known.when, current_language(), today=today, southern=known.southern)
