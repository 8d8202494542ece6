"""Feeds of the news: each the same choice as a list, in another form."""

from news.feeds import feed_items, head_of
from news.selection import read_selection
from publishing.feed_response import ATOM, JSON_FEED, feed_response
from publishing.feeds import build_atom, build_json_feed
from publishing.kept import once_per_change
from publishing.public_page import public_page


@public_page
def post_atom_feed(request):
    return news_feed(request, "news:post_atom_feed", build_atom, ATOM)


@public_page
def post_json_feed(request):
    return news_feed(request, "news:post_json_feed", build_json_feed, JSON_FEED)


def news_feed(request, name, build, content_type):
    selection = read_selection(request.GET)
    head = head_of(request, selection, selection.feed_address(name))
    body = once_per_change(("feed", head.feed_url, selection), lambda: build(head, feed_items(request, selection)))
    return feed_response(request, body, content_type, address=head.feed_url)
