from dataclasses import dataclass

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from editions.calls import call_of
from editions.models import Edition, Recognition, Series
from publishing import clock
from publishing.kept import lazily
from publishing.public_page import public_page
from publishing.slugs import get_by_slug

COMING = (Edition.Status.ANNOUNCED, Edition.Status.CONFIRMED)


@public_page
def series_detail(request, slug):
    series = get_by_slug(Series.objects.published, slug)
    if series.key == Series.Key.FOCUS_EXPERIENCE:
        return HttpResponsePermanentRedirect(series.get_absolute_url())
    editions = list(series.editions.published().newest_first().for_cards().prefetch_related("figures"))
    today = clock.today()
    coming = [edition for edition in editions if edition.status in COMING and edition.latest >= today]
    calls = [(edition, call_of(edition, today)) for edition in editions]
    context = {
        "kept_as": ("series", series.pk),
        "item": series,
        "series": series,
        "editions": editions,
        "has_hosts": any(edition.host_city_id for edition in editions),
        "has_figures": any(edition.figures.all() for edition in editions),
        # The newest come first in the list.
        "next_edition": coming[-1] if coming else None,
        "calls": [(edition, call) for edition, call in reversed(calls) if call and not call.is_over],
    }
    return render(request, "editions/series_detail.html", context)


@public_page
def edition_detail(request, series, slug):
    edition = get_by_slug(public_editions, slug)
    if series != edition.series.slug:
        return HttpResponsePermanentRedirect(edition.get_absolute_url())
    return render_edition(request, edition)


def public_editions():
    return Edition.objects.published().select_related("series", "host_city", "ceremony_city", "picture")


def render_edition(request, edition):
    """Also called by the admin's preview, for drafts."""
    experiences = edition.experiences.published().listed().for_cards()
    others = Edition.objects.published().select_related("series")
    context = {
        "kept_as": ("edition", edition.pk),
        "item": edition,
        "edition": edition,
        "call": call_of(edition, clock.today()),
        "results": SimpleLazyObject(lambda: results_of(edition, experiences)),
        "experiences": experiences,
        "previous": SimpleLazyObject(others.before(edition).first),
        "next": SimpleLazyObject(others.after(edition).first),
    } | lazily(
        figures=lambda: edition.figures.all(),
        events=lambda: edition.events.published().listed().for_cards().in_order(),
        posts=lambda: edition.posts.published().listed().newest_first().for_cards(),
    )
    return render(request, "editions/edition_detail.html", context)


@dataclass(frozen=True)
class Result:
    """A recognised city with the records of the bank that tell of what it was recognised for."""

    recognition: Recognition
    experiences: list


def results_of(edition, experiences):
    """{the template's name for a kind: its results, in order}: of all kinds, empty ones too."""
    by_city = {}
    for experience in experiences:
        by_city.setdefault(experience.city_id, []).append(experience)
    results = {kind: [] for kind in Recognition.Kind.values}
    for one in edition.recognitions.select_related("city"):
        # The row came without the edition, whose texts stand for those that it lacks.
        one.edition = edition
        results[one.kind].append(Result(one, by_city.get(one.city_id, [])))
    return results
