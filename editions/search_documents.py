"""Series and their editions as search finds them: by texts, host city, and the winners with their projects."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from editions.models import Edition, Recognition, Series
from networks.models import City
from networks.search_names import CITY_NAMES, country_in, may_be_named, names_of_city
from search.kinds import Child, Document, Related, SearchKind, register
from translations.texts import languages_of


def series_documents(series):
    for language in languages_of(series):
        with override(language):
            url = series.get_absolute_url()
        yield Document(
            language=language,
            title=getattr(series, f"name_{language}"),
            url=url,
            lead=getattr(series, f"description_{language}") or "",
        )


def edition_documents(edition):
    for language in languages_of(edition):
        with override(language):
            url = edition.get_absolute_url()
        theme, note = (getattr(edition, f"{field}_{language}") or "" for field in ("theme", "note"))
        winners = [winner for winner in edition.recognitions.all() if may_be_named(winner.city)]
        projects = [getattr(winner, f"project_{language}") or "" for winner in winners]
        yield Document(
            language=language,
            title=getattr(edition, f"title_{language}"),
            url=url,
            lead=theme,
            body=" · ".join(
                filter(
                    None,
                    [
                        note,
                        *(
                            " – ".join(filter(None, [winner.city.name, project]))
                            for winner, project in zip(winners, projects, strict=True)
                        ),
                    ],
                )
            ),
            names=" · ".join([names_of_city(edition.host_city), country_in(edition.country, language)]),
            day=edition.latest,
            edtf=edition.date if edition.date != "XXXX" else str(edition.year),
        )


register(
    SearchKind(
        number=5,
        model=Edition,
        label=_("Editions"),
        documents=edition_documents,
        rows=lambda: Edition._base_manager.select_related("series", "host_city").prefetch_related(
            "recognitions__city"
        ),
        related=[
            Related(Series, "series"),
            Related(City, "host_city", CITY_NAMES),
            Related(City, "recognitions__city", CITY_NAMES),
        ],
        children=[Child(Recognition, "edition_id")],
        depends_on=lambda edition: [edition, edition.series],
        is_dated=True,
    )
)
register(
    SearchKind(
        number=6, model=Series, label=_("Series"), documents=series_documents, rows=lambda: Series._base_manager.all()
    )
)
