"""What a feed of publications holds: what appeared or was replaced last, with the files."""

from __future__ import annotations

from datetime import UTC
from uuid import UUID, uuid5

from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from publications.models import Publication, PublicationFile
from publications.selection import PublicationSelection
from publications.sizes import size_text
from publishing.feeds import FeedHead, FeedItem
from translations.texts import current_language, text_of

MOST_IN_FEED = 100
# Ids of publications are made below this one. Never change it: every reader would show all of them as new.
PUBLICATIONS = UUID("1f0f5d86-8e0e-4a57-9b4e-6a0f4f0d6a31")


def head_of(request, selection: PublicationSelection, address: str) -> FeedHead:
    # By its name, as a foreign key would have it: `pages` stands beside this app in the order of imports.
    site = text_of(apps.get_model("pages", "SiteIdentity").objects.first(), "name").text
    return FeedHead(
        title=" · ".join(filter(None, [selection.title, site])),
        description=gettext("Charters, reports, guides and declarations, to read and to keep."),
        language=current_language(),
        page_url=request.build_absolute_uri(selection.page),
        feed_url=request.build_absolute_uri(address),
        author=site or request.get_host(),
        author_url=request.build_absolute_uri(reverse("home")),
    )


def feed_items(request, selection: PublicationSelection) -> list[FeedItem]:
    """The newest first; a text that the page's language lacks comes in its original one."""
    publications = selection.publications().for_cards().newest_first()[:MOST_IN_FEED]
    return [item_of(request, publication) for publication in publications]


def item_of(request, publication: Publication) -> FeedItem:
    title = text_of(publication, "title")
    published = publication.publish_at or publication.created_at
    changed = [file.changed_at for file in publication.files_in_order]
    return FeedItem(
        id=f"urn:uuid:{id_of(publication)}",
        url=request.build_absolute_uri(publication.get_absolute_url()),
        title=title.text,
        language=title.language,
        html=html_of(request, publication, title.language),
        published=published,
        updated=max([published, publication.updated_at, *changed]),
        tags=(text_of(publication.series, "name").text,) if publication.series else (),
    )


def id_of(publication: Publication) -> UUID:
    """The same for good and in every language, wherever the site moves to and whatever it is called."""
    return uuid5(PUBLICATIONS, f"{publication.pk} {publication.created_at.astimezone(UTC).isoformat()}")


def html_of(request, publication: Publication, language_of_title: str) -> str:
    """The summary, in its own language where that is another than the title's, and the files."""
    summary, language = text_of(publication, "summary")
    attribute = format_html(' lang="{}"', language) if language != language_of_title else ""
    parts = [format_html("<p{}>{}</p>", attribute, summary)] if summary else []
    files = [link_to(request, file) for file in publication.files_in_order]
    if files:
        parts.append(format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((file,) for file in files))))
    return format_html_join("", "{}", ((part,) for part in parts))


def link_to(request, file: PublicationFile) -> str:
    return format_html(
        '<a href="{}" hreflang="{}" type="application/pdf"><bdi lang="{}" dir="{}">{}</bdi> (PDF, {})</a>',
        request.build_absolute_uri(file.get_absolute_url()),
        file.language,
        file.language,
        file.direction,
        file.own_name,
        size_text(file.document.size),
    )
