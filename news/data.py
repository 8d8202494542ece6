"""News as rows for programs: what a download says of each post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch

from networks.models import Network
from news.models import Post
from translations.data_lists import addresses_of, texts_of_field
from translations.texts import columns

COLUMNS = (
    *("url", "title", "title_language", "teaser", "teaser_language", "date", "date_as_known"),
    *("categories", "networks", "source_language", "updated"),
)


def rows_of(posts):
    """With all that is said of them, of networks only what is public; the long texts stay in the database."""
    return posts.defer(*columns("body")).prefetch_related(
        "categories", Prefetch("networks", Network.objects.published())
    )


def post_facts(post: Post, address: Callable[[str, str], str], language: str) -> dict[str, Any]:
    """`date_as_known` is EDTF; `date` sorts the news and may stand for a date that is not known to the day."""
    return {
        **addresses_of(post, address, language),
        "title": texts_of_field(post, "title"),
        "teaser": texts_of_field(post, "teaser"),
        "date": post.date.isoformat(),
        "date_as_known": post.date_edtf or post.date.isoformat(),
        "categories": [category.slug for category in post.categories.all()],
        "networks": [network.slug for network in post.networks.all()],
        "source_language": post.source_language,
        "updated": max(filter(None, [post.updated_at, post.publish_at])).isoformat(timespec="seconds"),
    }
