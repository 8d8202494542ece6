"""The agenda that stands beside every page, and the dates of events in words."""

from django import template
from django.utils import timezone
from django.utils.functional import cached_property
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


class ShownDates:
    """An event's date in the page's language: worked out once, each form of it when a template asks for it."""

    def __init__(self, event):
        self.event = event
        self.known = event.event_date()
        self.language = current_language()

    @cached_property
    def text(self):
        """In words without times, as the agenda beside every page prints it."""
        return date_text(self.known.when, self.language, southern=self.known.southern)

    @cached_property
    def full(self):
        """In words, with the months of a season beside it and the times of the day with their zone.

        A date known to the day stands in `<time>`.
        """
        text = self.text
        gloss = months_gloss(self.known.when, self.language, southern=self.known.southern)
        if gloss:
            text = f"{text} ({gloss})"
        if self.is_day_precise and not self.known.when.is_range:
            text = format_html('<time datetime="{}">{}</time>', self.event.earliest.isoformat(), text)
        parts = (text, times_text(self.known, self.language))
        return format_html_join(", ", "{}", ((part,) for part in parts if part))

    @cached_property
    def block(self):
        """Two short lines, `.big` over `.small`, for the block of a departure board."""
        today = timezone.localdate()
        return date_parts(self.known.when, self.language, today=today, southern=self.known.southern)

    @property
    def is_day_precise(self):
        return self.known.when.is_day_precise

    @cached_property
    def days_left(self):
        """Days until a deadline's last day, 0 on that day itself, in the event's time zone.

        None once it is over, and for what is no deadline.
        """
        return self.known.days_left(timezone.now()) if self.event.is_deadline else None


@register.simple_tag
def event_dates(event):
    """`{% event_dates event as dates %}`: all that a page says of the event's date, see `ShownDates`."""
    return ShownDates(event)


@register.simple_tag
def short_dates(event):
    return ShownDates(event).text
