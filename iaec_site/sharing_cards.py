"""The picture that social networks show beside a link: the item's drawn cover with its title, per language.

Drawing one costs more than a page, so each is drawn once. Its address holds a digest of everything that is drawn:
what stands there never changes, and a new title is a new address. The storage's folder `cards/` holds what was drawn;
it may be emptied at any time.
"""

import hashlib
import json
import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext

from agenda.models import Event
from editions.models import Edition, Series
from experiences.models import Experience, FocusIssue
from networks.models import City, Network
from news.models import Post
from pages.models import Page, SiteIdentity
from pictures.cards import DRAWING, card_png
from publications.models import Publication
from publishing.public_page import public_page
from publishing.templatetags.date_tags import edtf_text
from translations.texts import text_of, title_field

logger = logging.getLogger(__name__)

# By the name of the model, which is part of the card's address.
KINDS = {
    model._meta.model_name: model
    for model in (City, Edition, Event, Experience, FocusIssue, Network, Page, Post, Publication, Series)
}
# The card of pages that are about no single item.
SITE = ("site", 1)
# What `cover` and the kicker read of other tables.
RELATED = {
    "edition": ["series", "host_city"],
    "event": ["city"],
    "experience": ["city", "focus_issue"],
    "focusissue": ["experience__city"],
}
# How every whole PNG ends.
PNG_END = b"IEND\xaeB`\x82"


def kicker_of(item):
    """The small line above the title: the number, the date or the place, whichever the item has."""
    if isinstance(item, FocusIssue):
        return gettext("Focus Experience %(number)s") % {"number": item.number}
    date = getattr(item, "date_edtf", "") or getattr(item, "date", "")
    if date:
        return edtf_text(date, getattr(item, "host_city", None) or getattr(item, "city", None))
    return getattr(item, "place_name", "") or getattr(item, "acronym", "") or getattr(item, "country_name", "")


def drawn_on_card(item, site):
    """Everything that `card_png` draws, in the page's language; without an item the site's own card."""
    signature = text_of(site, "name").text
    if item is None:
        return {
            "title": text_of(site, "tagline").text or signature,
            "kicker": text_of(site, "acronym").text,
            "site": signature,
            "seed": "site",
            "palette": "public_space",
        }
    title = text_of(item, title_field(item)).text
    return {"title": title, "kicker": kicker_of(item), "site": signature, **item.cover}


def digest_of(drawn):
    text = json.dumps([DRAWING, drawn], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def card_address(item, site):
    """Where the card of an item is, or the site's own for None and for what has no card. Asks the database nothing."""
    kind = item._meta.model_name if item is not None else ""
    if kind not in KINDS:
        return address_of(*SITE, digest_of(drawn_on_card(None, site)))
    return address_of(kind, item.pk, digest_of(drawn_on_card(item, site)))


def address_of(kind, pk, digest):
    return reverse("sharing_card", kwargs={"kind": kind, "pk": pk, "digest": digest})


@public_page
def sharing_card(request, kind, pk, digest):
    """A PNG of 1200 × 630; `kind` is a name in KINDS, or “site” for pages that are about no single item."""
    if (kind, pk) == SITE:
        item = None
    elif kind in KINDS:
        items = KINDS[kind].objects.published()
        if related := RELATED.get(kind):
            items = items.select_related(*related)
        item = get_object_or_404(items, pk=pk)
    else:
        raise Http404
    drawn = drawn_on_card(item, SiteIdentity.objects.first())
    if digest != digest_of(drawn):
        # An older one, still in somebody's memory. Drawing whatever is asked for would be work for strangers to order.
        return redirect(address_of(kind, pk, digest_of(drawn)))
    response = HttpResponse(kept_card(f"cards/{kind}/{pk}-{digest}.png", drawn), content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    # Whoever shows the link shows the picture from here.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def kept_card(name, drawn):
    """The card out of the storage; drawn and kept there if need be."""
    try:
        with default_storage.open(name) as file:
            png = file.read()
    except OSError:
        png = None
    if png and png.endswith(PNG_END):
        return png
    is_cut_short = png is not None  # by a process that was killed while it wrote
    png = card_png(**drawn)
    try:
        if is_cut_short:
            default_storage.delete(name)
        stored_as = default_storage.save(name, ContentFile(png))
        if stored_as != name:  # another process was quicker
            default_storage.delete(stored_as)
    except OSError:
        logger.exception("The sharing card %s could not be kept and will be drawn again", name)
    return png
