"""Where an old address leads today. Asked only where nothing else of the site answers."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import override

from moving_in.address_keys import FEED, PARAMETERS, key_of_parts, keys_to_try
from moving_in.models import OldAddress
from news.models import Category
from news.selection import NewsSelection
from pictures.models import Picture
from publications.models import Publication
from publishing.models import Publishable
from publishing.rich_text import ADDRESS_OF_OURS

READING = ("GET", "HEAD")


def leads_on(request) -> str | None:
    """The path of this site to which a request for an old address is sent; None for any other. One query, if none.

    All parameters are looked at, always the same: so the ready page is one for whatever else an address bears.
    """
    if request.method not in READING:
        return None
    try:
        values = {name: request.GET.get(name) for name in PARAMETERS}
    except SuspiciousOperation:
        return None  # thousands of parameters
    key = key_of_parts(request.path_info, values.get)
    if key is None or key == "/":
        return None
    found = place_of(key)
    return found if found and unquote(urlsplit(found).path) != request.path else None


def place_of(key: str) -> str | None:
    tries = list(keys_to_try(key))
    rows = {row.address: row for row in OldAddress.objects.filter(address__in=tries)}
    for one in tries:
        if one in rows and (place := address_of(rows[one], as_feed=bool(FEED.search(key)))):
            return place
    return None


def address_of(row: OldAddress, *, as_feed: bool = False, only_public: bool = True) -> str:
    """The path that an old address leads to; "" where that is not there (any more), or not for everybody."""
    if row.leads_to:
        return row.leads_to if ADDRESS_OF_OURS.fullmatch(row.leads_to) else ""
    item = row.item
    if item is None or (only_public and isinstance(item, Publishable) and not item.is_public()):
        return ""
    with override(row.language):
        if isinstance(item, Picture):
            return item.library_address
        if isinstance(item, Category) and as_feed:
            return NewsSelection(category=item).feed_address("news:post_atom_feed")
        if isinstance(item, Publication) and row.address.endswith(".pdf"):
            file = item.files.order_by("pk").first()
            return file.get_absolute_url() if file else ""
        return item.get_absolute_url()
