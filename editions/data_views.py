"""The editions of each series as data: the table of the series' page, in another form."""

from django.http import HttpResponsePermanentRedirect
from django.urls import reverse

from editions.data import COLUMNS, edition_facts, rows_of
from editions.models import Series
from publishing.public_page import public_page
from publishing.slugs import get_by_slug
from translations.data_lists import DataList, csv_list, json_list
from translations.texts import current_language, text_of


@public_page
def edition_json(request, slug):
    series = series_at(slug, "json")
    if series.key == Series.Key.FOCUS_EXPERIENCE:
        return HttpResponsePermanentRedirect(reverse("experiences:focus_json"))
    return json_list(request, edition_data_list(request, series))


@public_page
def edition_csv(request, slug):
    series = series_at(slug, "csv")
    if series.key == Series.Key.FOCUS_EXPERIENCE:
        return HttpResponsePermanentRedirect(reverse("experiences:focus_csv"))
    return csv_list(request, edition_data_list(request, series), current_language())


def series_at(slug, form):
    return get_by_slug(Series.objects.published(), slug, address_of=lambda series: address_of_data(series, form))


def address_of_data(series, form):
    return reverse(f"editions:edition_{form}", kwargs={"slug": series.slug})


def edition_data_list(request, series):
    return DataList(
        name=series.key.replace("_", "-"),
        title=text_of(series, "name").text,
        page_path=series.get_absolute_url(),
        json_path=address_of_data(series, "json"),
        csv_path=address_of_data(series, "csv"),
        columns=COLUMNS,
        rows=rows_of(series.editions.published()),
        facts=lambda edition: edition_facts(edition, request.build_absolute_uri),
    )
