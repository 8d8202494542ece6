"""What is to be had as data, at which addresses and on which terms; links on other pages lead here."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from agenda.data import COLUMNS as EVENT_COLUMNS
from editions.data import COLUMNS as EDITION_COLUMNS
from editions.models import Series
from experiences.data import CSV_COLUMNS, FOCUS_COLUMNS
from experiences.facet_index import FACETS
from experiences.facets import LABELS
from networks.data import CITY_COLUMNS, GEONAMES, NETWORK_COLUMNS
from news.data import COLUMNS as POST_COLUMNS
from publications.data import COLUMNS as PUBLICATION_COLUMNS
from publishing.public_page import public_page
from translations.data_lists import site_licence
from translations.texts import Text, current_language, text_of


@public_page
def open_data(request):
    context = {
        "licence": site_licence(),
        "parameters": [(name, LABELS[name]) for name in FACETS],
        "experience_columns": CSV_COLUMNS,
        "lists": [*lists_of_apps(request), *lists_of_series(request)],
        "sources": [GEONAMES],
    }
    return render(request, "open_data.html", context)


def lists_of_apps(request):
    return [
        described(request, gettext("Focus Experience"), "experiences:focus", FOCUS_COLUMNS, feeds=True),
        described(
            request,
            gettext("Agenda"),
            "agenda:event",
            EVENT_COLUMNS,
            feeds=True,
            parameters=("kind", "mode", "network", "country", "year", "when", "page"),
        ),
        described(
            request,
            gettext("News"),
            "news:post",
            POST_COLUMNS,
            feeds=True,
            parameters=("category", "network", "page"),
        ),
        described(
            request,
            gettext("Publications"),
            "publications:publication",
            PUBLICATION_COLUMNS,
            feeds=True,
            parameters=("series", "language", "year", "network", "page"),
        ),
        described(request, gettext("Networks"), "networks:network", NETWORK_COLUMNS),
        described(request, gettext("Member cities"), "networks:city", CITY_COLUMNS, parameters=("q", "page")),
    ]


def lists_of_series(request):
    """The Focus Experience is a series as well, but has a list of its own."""
    series = Series.objects.published().exclude(key=Series.Key.FOCUS_EXPERIENCE)
    return [
        described(request, text_of(one, "name"), "editions:edition", EDITION_COLUMNS, slug=one.slug) for one in series
    ]


def described(request, title, name, columns, *, feeds=False, parameters=("page",), **kwargs):
    """A list for the page: its title as a `Text`, (form, whole address) of each form, columns and parameters."""
    forms = {"CSV": f"{name}_csv", "JSON": f"{name}_json"}
    if feeds:
        forms |= {"Atom": f"{name}_atom_feed", "JSON Feed": f"{name}_json_feed"}
    return {
        "title": title if isinstance(title, Text) else Text(title, current_language()),
        "forms": [(form, request.build_absolute_uri(reverse(view, kwargs=kwargs))) for form, view in forms.items()],
        "columns": columns,
        "parameters": parameters,
    }
