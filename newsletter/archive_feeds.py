"""The archive as a feed: each issue with its introduction, in the page's language."""

from __future__ import annotations

from datetime import UTC
from uuid import UUID, uuid5

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from newsletter.letter_markup import letter_html
from newsletter.models import Issue
from pages.models import SiteIdentity
from publishing.feeds import FeedHead, FeedItem
from translations.texts import columns, current_language, text_of

MOST_IN_FEED = 24
# Ids of issues are made below this one. Never change it: every reader would show all issues as new.
ISSUES = UUID("f0a4d1f2-6a0b-4d3c-8a38-1f7d8d0c6b53")


def head_of(request, name: str) -> FeedHead:
    """`name` is the URL name of the feed."""
    site = text_of(SiteIdentity.objects.first(), "name").text
    return FeedHead(
        title=" · ".join(filter(None, [gettext("Newsletter"), site])),
        description=gettext("Every issue of the newsletter."),
        language=current_language(),
        page_url=request.build_absolute_uri(reverse("newsletter:issue_list")),
        feed_url=request.build_absolute_uri(reverse(name)),
        author=site or request.get_host(),
        author_url=request.build_absolute_uri(reverse("home")),
    )


def feed_items(request) -> list[FeedItem]:
    """The newest issues first; a text that the page's language lacks comes in its original one."""
    texts = columns("subject", "intro")
    issues = Issue.objects.archived().only(*texts, "source_language", "number", "created_at", "started_at")
    return [item_of(request, issue) for issue in issues[:MOST_IN_FEED]]


def item_of(request, issue: Issue) -> FeedItem:
    subject = text_of(issue, "subject")
    return FeedItem(
        id=f"urn:uuid:{uuid5(ISSUES, f'{issue.number} {issue.created_at.astimezone(UTC).isoformat()}')}",
        url=request.build_absolute_uri(issue.get_absolute_url()),
        title=subject.text,
        language=subject.language,
        html=html_of(issue, subject.language),
        published=issue.started_at,
        updated=issue.started_at,
    )


def html_of(issue: Issue, language_of_title: str) -> str:
    """The introduction; it says its language where it is another than that of the title."""
    intro = text_of(issue, "intro")
    if not intro.text:
        return ""
    attribute = format_html(' lang="{}"', intro.language) if intro.language != language_of_title else ""
    return format_html("<div{}>{}</div>", attribute, letter_html(intro.text, intro.language))
