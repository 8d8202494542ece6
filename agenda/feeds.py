"""Feeds of a choice of events. What a feed holds follows from the one choice, so it matches the page beside it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from agenda.feed_entries import Entry, entries, title_forms
from agenda.ical import build_calendar
from agenda.models import Event
from agenda.selection import EventSelection, When, address_of
from publishing import clock
from publishing.feeds import FeedHead, FeedItem
from translations.texts import current_language, text_of

# A calendar is fetched whole, again and again, so it may not grow for ever: of what is coming the next thousand, of
# what is over the latest. No calendar of this site comes near it (about 60 dates a year).
MOST_IN_CALENDAR = 1000
# A feed of news is read from its beginning: as many as five pages of the list.
MOST_IN_FEED = 100
# A calendar that comes by once a month still hears that an event did not take place, instead of only losing it.
CANCELLED_STAYS = timedelta(days=30)
# The parameter that asks for vague dates, too.
TENTATIVE = {"tentative": 1}


def calendar_rows(selection: EventSelection, *, tentative: bool, at=None):
    """The events of a choice that a calendar can show: on known days, or with vague ones too if they are wanted.

    Coming ones include those cancelled whose end is not long past.
    """
    at = at or clock.now()
    events = selection.narrowed(Event.objects.published(at).listed())
    if selection.when == When.COMING:
        to_tell = Q(ends_at__gt=at) | Q(status=Event.Status.CANCELLED)
        events = events.filter(to_tell, ends_at__gt=at - CANCELLED_STAYS).in_order()
    else:
        events = (events.past(at) if selection.when == When.PAST else events).order_by("-ends_at", "-pk")
    # To be announced is no date at all.
    events = events.exclude(earliest=None) if tentative else events.filter(vagueness=0)
    return events.for_calendar()[:MOST_IN_CALENDAR]


def calendar_of(request, rows, *, title: str, page: str, address: str) -> bytes:
    """`page` and `address` are the paths of the page beside the calendar and of the calendar itself."""
    language = current_language()
    site = site_identity()
    return build_calendar(
        entries(rows, language, event_address(request)),
        language=language,
        title=" · ".join(filter(None, [title, text_of(site, "acronym").text or text_of(site, "name").text])),
        description=description(),
        feed_url=request.build_absolute_uri(address),
        page_url=request.build_absolute_uri(page),
    )


def head_of(request, selection: EventSelection, address: str) -> FeedHead:
    site = text_of(site_identity(), "name").text
    return FeedHead(
        title=" · ".join(filter(None, [selection.title, site])),
        description=description(),
        language=current_language(),
        page_url=request.build_absolute_uri(address_of_choice("agenda:event_list", selection)),
        feed_url=request.build_absolute_uri(address),
        author=site or request.get_host(),
        author_url=request.build_absolute_uri(reverse("home")),
    )


def feed_items(request, selection: EventSelection) -> list[FeedItem]:
    """The first events of the list, in its order."""
    language, now = current_language(), clock.now()
    titles = title_forms(language)
    rows = selection.events(now).for_calendar()[:MOST_IN_FEED]
    return [
        FeedItem(
            id=f"urn:uuid:{entry.uid}",
            url=entry.url,
            title=titles[entry.status] % {"title": entry.title.text},
            language=entry.title.language,
            html=html_of(entry, language, now),
            published=entry.created_at,
            updated=entry.updated_at,
            tags=(entry.kind,),
            extension={"_event": extension_of(entry)},
        )
        for entry in entries(rows, language, event_address(request))
    ]


def html_of(entry: Entry, language: str, now: datetime) -> str:
    """Date and place, theme, summary; each says its language where it is another than that of the title."""
    facts = ". ".join(filter(None, [entry.when(language, now=now), entry.where]))
    paragraphs = [(facts, language), *(text for text in (entry.theme, entry.summary) if text.text)]
    return format_html_join(
        "",
        "<p{}>{}</p>",
        ((format_html(' lang="{}"', code) if code != entry.title.language else "", text) for text, code in paragraphs),
    )


def extension_of(entry: Entry) -> dict:
    """What a program needs that shows events rather than texts: see docs/decisions/0010-calendar-feeds.md."""
    known = entry.known()
    return {
        "date": entry.date,
        **({"starts": known.starts_at.isoformat(), "ends": known.ends_at.isoformat()} if known.starts_at else {}),
        "time_zone": entry.time_zone,
        "status": entry.status,
        "place": entry.where,
    }


def address_of_choice(name: str, selection: EventSelection, *, tentative=False) -> str:
    """The path, in its one spelling, at which a view shows a choice in the page's language."""
    return address_of(reverse(name), selection, **TENTATIVE if tentative else {})


def address_of_network_calendar(network, *, tentative=False) -> str:
    path = reverse("agenda:network_calendar", kwargs={"slug": network.slug})
    return address_of(path, EventSelection(), **TENTATIVE if tentative else {})


def address_of_event_file(event) -> str:
    return reverse("agenda:event_file", kwargs={"slug": event.slug})


def event_address(request):
    """Makes the absolute address of an event's page from its slug; asking the router each time would take longer."""
    before, after = request.build_absolute_uri(reverse("agenda:event_detail", kwargs={"slug": "0"})).rsplit("0", 1)
    return lambda slug: f"{before}{slug}{after}"


def site_identity():
    """By its name, as a foreign key would have it: `pages` stands beside `agenda` in the order of imports."""
    return apps.get_model("pages", "SiteIdentity").objects.first()


def description() -> str:
    return gettext("Meetings of the networks, congresses, assemblies and deadlines: what is on, when and where.")
