from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render

from editions.models import Edition, Recognition, Series
from publishing import clock
from publishing.public_page import public_page
from publishing.slugs import get_by_slug


@public_page
def series_detail(request, slug):
    series = get_by_slug(Series.objects.published(), slug)
    if series.key == Series.Key.FOCUS_EXPERIENCE:
        return HttpResponsePermanentRedirect(series.get_absolute_url())
    editions = series.editions.published().newest_first().for_cards().prefetch_related("figures")
    today = clock.today()
    editions = list(editions)
    context = {
        "item": series,
        "series": series,
        "editions": editions,
        "open_calls": [edition for edition in editions if edition.is_call_open(today)],
    }
    return render(request, "editions/series_detail.html", context)


@public_page
def edition_detail(request, series, slug):
    editions = Edition.objects.published().select_related("series", "host_city", "ceremony_city", "picture")
    edition = get_by_slug(editions, slug)
    if series != edition.series.slug:
        return HttpResponsePermanentRedirect(edition.get_absolute_url())
    return render_edition(request, edition)


def render_edition(request, edition):
    """Also called by the admin's preview, for drafts."""
    recognitions = list(edition.recognitions.select_related("city", "edition"))
    context = {
        "item": edition,
        "edition": edition,
        "is_call_open": edition.is_call_open(clock.today()),
        "figures": edition.figures.all(),
        "winners": [one for one in recognitions if one.kind == Recognition.Kind.WINNER],
        "finalists": [one for one in recognitions if one.kind == Recognition.Kind.FINALIST],
        "distinguished": [one for one in recognitions if one.kind == Recognition.Kind.DISTINGUISHED],
        "finalists_incomplete": edition.finalists_complete is False,
        "distinguished_incomplete": edition.distinguished_complete is False,
        "events": edition.events.published().listed().for_cards().in_order(),
        "posts": edition.posts.published().listed().newest_first().for_cards(),
        "experiences": edition.experiences.published().listed().for_cards(),
    }
    return render(request, "editions/edition_detail.html", context)
