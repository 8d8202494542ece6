"""Feeds of the bank and of the series: each the same choice as a page, in another form."""

from experiences.facet_index import facet_index
from experiences.facets import texts_of
from experiences.feeds import bank_head, bank_items, focus_head, focus_items
from experiences.selection import Result, read_selection
from publishing import clock
from publishing.feed_response import ATOM, JSON_FEED, feed_response
from publishing.feeds import build_atom, build_json_feed
from publishing.kept import once_per_change
from publishing.public_page import public_page


@public_page
def experience_atom_feed(request):
    return bank_feed(request, "experiences:experience_atom_feed", build_atom, ATOM)


@public_page
def experience_json_feed(request):
    return bank_feed(request, "experiences:experience_json_feed", build_json_feed, JSON_FEED)


def bank_feed(request, name, build, content_type):
    index, now = facet_index(), clock.now()
    selection = read_selection(request.GET, index, now)
    result = Result(index, selection, now)
    head = bank_head(request, result, [text.text for text in texts_of(selection)], name)
    body = once_per_change(("feed", head.feed_url), lambda: build(head, bank_items(request, result)))
    return feed_response(request, body, content_type, address=head.feed_url)


@public_page
def focus_atom_feed(request):
    return focus_feed(request, "experiences:focus_atom_feed", build_atom, ATOM)


@public_page
def focus_json_feed(request):
    return focus_feed(request, "experiences:focus_json_feed", build_json_feed, JSON_FEED)


def focus_feed(request, name, build, content_type):
    head = focus_head(request, name)
    body = once_per_change(("feed", head.feed_url), lambda: build(head, focus_items(request)))
    return feed_response(request, body, content_type, address=head.feed_url)
