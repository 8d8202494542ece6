"""The forms of a feed: Atom (RFC 4287) and JSON Feed 1.1. What is in it comes from the apps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed, rfc3339_date

JSON_FEED = "https://jsonfeed.org/version/1.1"
# Of a feed with nothing in it. The present moment would make it another feed at every request.
NEVER_CHANGED = datetime(1970, 1, 1, tzinfo=UTC)
# XML 1.0 has no way to write these, not even as references.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class FeedHead:
    title: str
    description: str
    language: str
    page_url: str
    feed_url: str
    author: str
    author_url: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """`html` is safe to print; `extension` goes into JSON Feed only, under a name that begins with an underscore."""

    id: str
    url: str
    title: str
    language: str
    html: str
    published: datetime
    updated: datetime
    tags: tuple[str, ...] = ()
    extension: dict[str, dict] = field(default_factory=dict)


def build_atom(head: FeedHead, items: Iterable[FeedItem]) -> bytes:
    feed = _AtomFeed(
        title=_in_xml(head.title),
        link=head.page_url,
        description=None,
        subtitle=_in_xml(head.description),
        language=head.language,
        feed_url=head.feed_url,
        author_name=_in_xml(head.author),
        author_link=head.author_url,
    )
    for item in items:
        feed.add_item(
            title=_in_xml(item.title),
            link=item.url,
            description=None,
            unique_id=item.id,
            pubdate=item.published,
            updateddate=item.updated,
            categories=[_in_xml(tag) for tag in item.tags],
            html=_in_xml(item.html),
            language=item.language,
        )
    return feed.writeString("utf-8").encode()


def build_json_feed(head: FeedHead, items: Iterable[FeedItem]) -> bytes:
    feed = {
        "version": JSON_FEED,
        "title": head.title,
        "home_page_url": head.page_url,
        "feed_url": head.feed_url,
        "description": head.description,
        "language": head.language,
        "authors": [{"name": head.author, "url": head.author_url}],
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "content_html": item.html,
                "date_published": rfc3339_date(item.published),
                "date_modified": rfc3339_date(item.updated),
                "tags": list(item.tags),
                "language": item.language,
                **item.extension,
            }
            for item in items
        ],
    }
    return json.dumps(feed, ensure_ascii=False).encode()


class _AtomFeed(Atom1Feed):
    """Django's, where each entry says its language and has a content, and an empty feed is always the same."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=NEVER_CHANGED)

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})


def _in_xml(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
