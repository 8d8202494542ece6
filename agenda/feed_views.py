"""Calendars and feeds: each the same choice as a page of the agenda, in another form."""

from django.http import Http404

from agenda.feeds import (
    address_of_choice,
    address_of_event_file,
    address_of_network_calendar,
    calendar_of,
    calendar_rows,
    feed_items,
    head_of,
)
from agenda.models import Event
from agenda.selection import EventSelection, read_selection
from networks.models import Network
from publishing.feed_response import ATOM, JSON_FEED, feed_response
from publishing.feeds import build_atom, build_json_feed
from publishing.kept import once_per_change
from publishing.public_page import public_page
from publishing.slugs import get_by_slug
from translations.texts import text_of

CALENDAR = "text/calendar; charset=utf-8"


@public_page
def event_calendar(request):
    """`?tentative=1` adds the dates that are still vague."""
    selection, tentative = read_selection(request.GET), wants_tentative(request.GET)
    address = address_of_choice("agenda:event_calendar", selection, tentative=tentative)
    page = address_of_choice("agenda:event_list", selection)
    return calendar_response(request, selection, tentative, address=address, page=page)


@public_page
def network_calendar(request, slug):
    """What a network has ahead, at an address of its own that follows it when it moves."""
    tentative = wants_tentative(request.GET)

    def address_of(network):
        return address_of_network_calendar(network, tentative=tentative)

    network = get_by_slug(Network.objects.published(), slug, address_of=address_of)
    page = network.get_absolute_url()
    selection = EventSelection(network=network)
    return calendar_response(request, selection, tentative, address=address_of(network), page=page)


def calendar_response(request, selection, tentative, *, address, page):
    rows = calendar_rows(selection, tentative=tentative)
    address_here = request.build_absolute_uri(address)
    body = once_per_change(
        ("feed", address_here, selection),
        lambda: calendar_of(request, rows, title=selection.title, page=page, address=address),
    )
    return feed_response(request, body, CALENDAR, address=address_here)


@public_page
def event_file(request, slug):
    """One event, to be added to a calendar; whoever asks for it by name gets it with a vague date too."""
    event = get_by_slug(Event.objects.published(), slug, address_of=address_of_event_file)
    address = address_of_event_file(event)
    rows = Event.objects.filter(pk=event.pk).for_calendar()
    title = text_of(event, "title").text
    body = calendar_of(request, rows, title=title, page=event.get_absolute_url(), address=address)
    return feed_response(
        request, body, CALENDAR, address=request.build_absolute_uri(address), filename=f"{event.slug}.ics"
    )


@public_page
def event_atom_feed(request):
    return news_feed(request, "agenda:event_atom_feed", build_atom, ATOM)


@public_page
def event_json_feed(request):
    return news_feed(request, "agenda:event_json_feed", build_json_feed, JSON_FEED)


def news_feed(request, name, build, content_type):
    selection = read_selection(request.GET)
    head = head_of(request, selection, address_of_choice(name, selection))
    body = once_per_change(("feed", head.feed_url, selection), lambda: build(head, feed_items(request, selection)))
    return feed_response(request, body, content_type, address=head.feed_url)


def wants_tentative(query):
    """Like every part of a choice: a value that means nothing is no address."""
    value = query.get("tentative", "").strip()
    if value not in ("", "0", "1"):
        raise Http404
    return value == "1"
