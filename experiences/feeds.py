"""What the feeds of the bank and of the series hold: the newest of a choice, as the page beside it shows them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid5

from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from experiences.models import Experience, FocusIssue
from experiences.selection import Result, title_of
from publishing.feeds import FeedHead, FeedItem
from translations.texts import current_language, text_of

MOST_IN_FEED = 100
# Ids are made below these. Never change them: every reader would show all as new.
RECORDS = UUID("b0a7d0c3-6f53-4a0e-8a7b-2c1d7a4a9e11")
ISSUES = UUID("5e1c1d3a-91a4-4b7e-9d5e-0f6a3c2b8d74")


def head_of(request, *, title: str, description: str, page: str, feed: str) -> FeedHead:
    """`page` and `feed` are the paths of the page beside the feed and of the feed itself."""
    site = text_of(site_identity(), "name").text
    return FeedHead(
        title=" · ".join(filter(None, [title, site])),
        description=description,
        language=current_language(),
        page_url=request.build_absolute_uri(page),
        feed_url=request.build_absolute_uri(feed),
        author=site or request.get_host(),
        author_url=request.build_absolute_uri(reverse("home")),
    )


def bank_head(request, result: Result, words: list[str], name: str) -> FeedHead:
    return head_of(
        request,
        title=title_of(words),
        description=gettext("What cities do so that people keep learning, told so that others can do it too."),
        page=result.selection.data_address(reverse("experiences:experience_list")),
        feed=result.selection.data_address(reverse(name)),
    )


def focus_head(request, name: str) -> FeedHead:
    return head_of(
        request,
        title=gettext("Focus Experience"),
        description=gettext(
            "A numbered series that takes one practice at a time out of the Bank of Experiences and looks at it "
            "more closely."
        ),
        page=reverse("experiences:focus_list"),
        feed=reverse(name),
    )


def bank_items(request, result: Result) -> list[FeedItem]:
    """The newest records of a choice, whatever the order of the page."""
    pks = result.newest[:MOST_IN_FEED]
    records = Experience.objects.published(result.at).filter(pk__in=pks).for_feed()
    return [record_item(request, record) for record in records]


def record_item(request, record: Experience) -> FeedItem:
    title = text_of(record, "title")
    published = record.publish_at or record.created_at
    return FeedItem(
        id=f"urn:uuid:{stable_id(RECORDS, record)}",
        url=request.build_absolute_uri(record.get_absolute_url()),
        title=title.text,
        language=title.language,
        html=html_of(record, title.language),
        published=published,
        updated=max(published, record.updated_at),
        tags=tuple(text_of(theme, "name").text for theme in record.themes.all()),
        extension={
            "_experience": {
                "city": record.place_name,
                "country": record.country,
                "themes": [theme.key for theme in record.themes.all()],
            }
        },
    )


def focus_items(request) -> list[FeedItem]:
    issues = FocusIssue.objects.published().listed().newest_first().for_feed()[:MOST_IN_FEED]
    return [issue_item(request, issue) for issue in issues]


def issue_item(request, issue: FocusIssue) -> FeedItem:
    record = issue.experience
    title = text_of(issue, "title")
    published = max(filter(None, [issue.publish_at or issue.created_at, record.publish_at]))
    return FeedItem(
        id=f"urn:uuid:{stable_id(ISSUES, issue)}",
        url=request.build_absolute_uri(issue.get_absolute_url()),
        title=f"{issue.number}. {title.text}",
        language=title.language,
        html=html_of(record, title.language),
        published=published,
        updated=max(published, issue.updated_at, record.updated_at),
        tags=tuple(text_of(theme, "name").text for theme in record.themes.all()),
        extension={"_focus_experience": {"number": issue.number, "date": issue.published or None}},
    )


def stable_id(namespace: UUID, item) -> UUID:
    """The same for good and in every language, wherever the site moves to and whatever the item is called."""
    created: datetime = item.created_at
    return uuid5(namespace, f"{item.pk} {created.astimezone(UTC).isoformat()}")


def html_of(record: Experience, language_of_title: str) -> str:
    """Where it is, and the words of the list; they say their language where it is another than that of the title."""
    summary, language = text_of(record, "summary")
    place = f"{record.place_name}, {record.country_name}"
    here = current_language()
    first = format_html("<p{}>{}</p>", lang_attribute(here, language_of_title), place)
    if not summary:
        return first
    return first + format_html("<p{}>{}</p>", lang_attribute(language, language_of_title), summary)


def lang_attribute(language: str, language_of_title: str) -> str:
    return format_html(' lang="{}"', language) if language != language_of_title else ""


def site_identity():
    """By its name, as a foreign key would have it: `pages` stands beside `experiences` in the order of imports."""
    return apps.get_model("pages", "SiteIdentity").objects.first()
