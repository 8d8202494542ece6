"""Feeds of publications: each the same choice as a list, in another form."""

from publications.feeds import feed_items, head_of
from publications.selection import read_selection
from publishing.feed_response import ATOM, JSON_FEED, feed_response
from publishing.feeds import build_atom, build_json_feed
from publishing.kept import once_per_change
from publishing.public_page import public_page


@public_page
def publication_atom_feed(request):
    return publication_feed(request, "publications:publication_atom_feed", build_atom, ATOM)


@public_page
def publication_json_feed(request):
    return publication_feed(request, "publications:publication_json_feed", build_json_feed, JSON_FEED)


def publication_feed(request, name, build, content_type):
    selection = read_selection(request.GET)
    head = head_of(request, selection, selection.address(name))
    body = once_per_change(("feed", head.feed_url, selection), lambda: build(head, feed_items(request, selection)))
    return feed_response(request, body, content_type, address=head.feed_url)
