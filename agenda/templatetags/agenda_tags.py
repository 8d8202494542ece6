"""The agenda that stands beside every page, and the dates of events in words."""

from django import template
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join

from agenda.machine_dates import datetime_values, local_moment
from agenda.models import Event, is_followed_from_afar
from agenda.time_text import time_words, times_text
from publishing import clock
from publishing.date_text import date_parts, date_text, full_date_text, split_range
from publishing.date_words import words_for
from publishing.dates import EdtfDate
from publishing.prepared import prepared
from translations.texts import current_language

register = template.Library()

SIDEBAR_COMING = 10
SIDEBAR_AT_LEAST = 5


@register.simple_tag
def agenda_sidebar():
    """The next events; when fewer than five are ahead, the latest past ones too. One query, two in that case.

    Returns `{"coming": [Event, …], "past": [Event, …], "elsewhere": whether there would be some in other languages}`;
    for the last a query more when nothing is ahead.
    """
    coming = next_events()
    missing = SIDEBAR_AT_LEAST - len(coming)
    return {
        "coming": coming,
        "past": list(Event.objects.published().listed().past().for_cards()[:missing]) if missing > 0 else [],
        "elsewhere": not coming and Event.objects.published().upcoming().exists(),
    }


@prepared
def next_events():
    return Event.objects.for_cards().next_ones(SIDEBAR_COMING)


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

        Coming events have their weekday, which helps to plan. Events that can be followed from afar say the time in
        UTC, too. What HTML can say as a date stands in `<time>`.
        """
        times = times_text(self.known, self.language, city=self.city, utc=self.is_followed_from_afar)
        return format_html_join(", ", "{}", ((part,) for part in (self._marked_date, times) if part))

    @property
    def _marked_date(self):
        when, weekday = self.known.when, not self.event.is_over
        first, last = datetime_values(self.known)
        if last:
            start, between, end = split_range(when, self.language, weekday=weekday)
            return format_html(
                '<time datetime="{}">{}</time>{}<time datetime="{}">{}</time>', first, start, between, last, end
            )
        text = full_date_text(when, self.language, southern=self.known.southern, weekday=weekday)
        return format_html('<time datetime="{}">{}</time>', first, text) if first else text

    @property
    def city(self):
        """The event's city in the page's language, where its clocks are those of the event; of a district its city."""
        city = self.event.city
        if city is None or city.timezone != self.known.time_zone:
            return ""
        return city.part_of or getattr(city, f"exonym_{self.language}") or city.name

    @property
    def is_followed_from_afar(self):
        return is_followed_from_afar(self.event)

    @cached_property
    def local_time(self):
        """What `_local_time.html` needs, None where nobody has to convert anything: no times, not online, over."""
        known, words = self.known, words_for(self.language)
        instants = [
            instant
            for at, instant in ((known.start_time, known.starts_at), (known.end_time, known.ends_at))
            if at is not None
        ]
        if not instants or not self.is_followed_from_afar or self.event.is_over:
            return None
        moments = [local_moment(instant, known.time_zone) for instant in instants]
        return {
            "first": moments[0],
            "last": moments[-1],
            "locale": words.locale.replace("_", "-"),
            "first_day": words.first_day,
            "day_time": time_words(self.language).day_time,
            "dash": words.dash,
            "wide_dash": words.wide_dash,
        }

    @cached_property
    def block(self):
        """Two short lines, `.big` over `.small`, for the block of a departure board.

        Of a deadline that runs over several days the last one, which is also the one that `days_left` counts to.
        """
        when = self.known.when
        if self.event.is_deadline and when.is_day_precise:
            when = EdtfDate.from_days(when.latest())
        return date_parts(when, self.language, today=clock.today(), southern=self.known.southern)

    @property
    def is_day_precise(self):
        return self.known.when.is_day_precise

    @cached_property
    def days_left(self):
        """Days until a deadline's last day, 0 on that day itself, in the event's time zone.

        None once it is over, and for what is no deadline.
        """
        return self.known.days_left(clock.now()) if self.event.is_deadline else None


@register.simple_tag
def event_dates(event):
    """`{% event_dates event as dates %}`: all that a page says of the event's date, see `ShownDates`."""
    return ShownDates(event)


@register.simple_tag
def short_dates(event):
    return ShownDates(event).text
