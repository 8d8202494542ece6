"""What a feed of the news holds: the posts of a choice, as the list beside it shows them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from uuid import UUID, uuid5

from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext

from news.models import Post
from news.selection import NewsSelection
from publishing.feeds import FeedHead, FeedItem
from translations.texts import current_language, text_of

# About as many as eight pages of the list: a reader that comes by once a month has missed nothing.
MOST_IN_FEED = 100
# Ids of posts are made below this one. Never change it: every reader would show all posts as new.
POSTS = UUID("6c0b8a0e-52f6-4c4e-9d0a-3b8f1b7f2c5d")


def head_of(request, selection: NewsSelection, address: str) -> FeedHead:
    site = text_of(site_identity(), "name").text
    return FeedHead(
        title=" · ".join(filter(None, [selection.title, site])),
        description=gettext("News of the association, its networks and its member cities."),
        language=current_language(),
        page_url=request.build_absolute_uri(selection.page),
        feed_url=request.build_absolute_uri(address),
        author=site or request.get_host(),
        author_url=request.build_absolute_uri(reverse("home")),
    )


def feed_items(request, selection: NewsSelection) -> list[FeedItem]:
    """The first posts of the list, in its order: a text that the page's language lacks comes in its original one."""
    posts = selection.posts().listed().for_feed()[:MOST_IN_FEED]
    return [item_of(request, post) for post in posts]


def item_of(request, post: Post) -> FeedItem:
    title = text_of(post, "title")
    published = moment_of(post)
    return FeedItem(
        id=f"urn:uuid:{id_of(post)}",
        url=request.build_absolute_uri(post.get_absolute_url()),
        title=title.text,
        language=title.language,
        html=html_of(post, title.language),
        published=published,
        updated=max(filter(None, [published, post.publish_at, post.updated_at])),
        tags=tuple(text_of(category, "name").text for category in post.categories.all()),
    )


def id_of(post: Post) -> UUID:
    """The same for good and in every language, wherever the site moves to and whatever the post is called."""
    return uuid5(POSTS, f"{post.pk} {post.created_at.astimezone(UTC).isoformat()}")


def moment_of(post: Post) -> datetime:
    """When the post came out: its day, on which it may have been shown from a known hour."""
    zone = get_default_timezone()
    if post.publish_at and post.publish_at.astimezone(zone).date() == post.date:
        return post.publish_at
    return datetime.combine(post.date, time(), zone)


def html_of(post: Post, language_of_title: str) -> str:
    """The words of the list; they say their language where it is another than that of the title."""
    teaser, language = text_of(post, "teaser")
    if not teaser:
        return ""
    attribute = format_html(' lang="{}"', language) if language != language_of_title else ""
    return format_html("<p{}>{}</p>", attribute, teaser)


def site_identity():
    """By its name, as a foreign key would have it: `pages` stands beside `news` in the order of imports."""
    return apps.get_model("pages", "SiteIdentity").objects.first()
