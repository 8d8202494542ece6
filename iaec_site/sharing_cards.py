"""The picture that social networks show beside a link: the item's drawn cover with its title, per language."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from agenda.models import Event
from editions.models import Edition, Series
from experiences.models import Experience, FocusIssue
from networks.models import City, Network
from news.models import Post
from pages.models import Page, SiteIdentity
from pictures.cards import card_png
from publishing.date_text import date_text
from publishing.dates import parse_edtf
from publishing.public_page import public_page
from translations.texts import bearer, current_language, text_of

# By the name of the model, which is part of the card's address.
KINDS = {
    model._meta.model_name: model
    for model in (City, Edition, Event, Experience, FocusIssue, Network, Page, Post, Series)
}
ONE_DAY = 86_400


def kicker_of(item):
    """The small line above the title: the number, the date or the place, whichever the item has."""
    if isinstance(item, FocusIssue):
        return f"Focus Experience {item.number}"
    date = getattr(item, "date_edtf", "") or getattr(item, "date", "")
    if date:
        known = parse_edtf(date if isinstance(date, str) else date.isoformat())
        return date_text(known, current_language())
    return getattr(item, "place_name", "") or getattr(item, "acronym", "") or getattr(item, "country_name", "")


@public_page
def sharing_card(request, kind, pk):
    """A PNG of 1200 × 630; `kind` is a name in KINDS, or “site” for pages that are about no single item."""
    site = SiteIdentity.objects.first()
    signature = text_of(site, "name").text if site else ""
    if kind == "site":
        title = (text_of(site, "tagline").text if site else "") or signature
        kicker = text_of(site, "acronym").text if site else ""
        png = card_png(title=title, kicker=kicker, site=signature, seed="site", palette="public_space")
    elif kind in KINDS:
        item = get_object_or_404(KINDS[kind].objects.published(), pk=pk)
        title = text_of(item, getattr(bearer(item), "title_field", "title")).text
        png = card_png(title=title, kicker=kicker_of(item), site=signature, **item.cover)
    else:
        raise Http404
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": f"public, max-age={ONE_DAY}"})
