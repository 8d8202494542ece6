"""Cities and networks as search finds them: by every name they have, in whichever language or script."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from networks.models import City, Network
from networks.search_names import CITY_NAMES, all_city_names, country_in, names_of_city
from search.kinds import Document, Related, SearchKind, register
from translations.texts import ALL_LANGUAGES, languages_of


def city_documents(city):
    names = " · ".join(all_city_names(city))
    for language in ALL_LANGUAGES:
        with override(language):
            url = city.get_absolute_url()
        here = [getattr(city, f"exonym_{language}") or "", city.part_of or city.region]
        yield Document(
            language=language,
            title=city.name,
            url=url,
            lead=", ".join(filter(None, [*here, country_in(city.country, language)])),
            other_names=names,
            names=f"{city.region} · {city.part_of}",
        )


def network_documents(network):
    for language in languages_of(network):
        with override(language):
            kind, url = network.get_kind_display(), network.get_absolute_url()
        countries = [country_in(code, language) for code in network.countries]
        yield Document(
            language=language,
            title=getattr(network, f"name_{language}"),
            url=url,
            lead=getattr(network, f"description_{language}") or network.official_name,
            other_names=f"{network.official_name} · {network.acronym}",
            names=" · ".join([kind, *countries, names_of_city(network.coordinating_city)]),
        )


register(
    SearchKind(
        number=7,
        model=Network,
        label=_("Networks"),
        documents=network_documents,
        rows=lambda: Network._base_manager.select_related("coordinating_city"),
        related=[Related(City, "coordinating_city", CITY_NAMES)],
    )
)
register(
    SearchKind(
        number=8, model=City, label=_("Cities"), documents=city_documents, rows=lambda: City._base_manager.all()
    )
)
