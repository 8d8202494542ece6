"""Events as search finds them: by their texts, their kind, and every name of their city and network."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agenda.models import Event
from networks.models import City, Network
from networks.search_names import CITY_NAMES, NETWORK_NAMES, country_in, names_of_city, names_of_network
from publishing.text_words import words_of
from search.kinds import Document, Related, SearchKind, register
from translations.texts import languages_of


def event_documents(event):
    for language in languages_of(event):
        with override(language):
            kind, url = event.get_kind_display(), event.get_absolute_url()
        texts = [getattr(event, f"{field}_{language}") or "" for field in ("theme", "summary")]
        yield Document(
            language=language,
            title=getattr(event, f"title_{language}"),
            url=url,
            lead=". ".join(filter(None, [*texts, event.place])),
            body=words_of(getattr(event, f"body_{language}") or "", rich=True),
            names=" ".join(
                [kind, country_in(event.country, language), names_of_city(event.city), names_of_network(event.network)]
            ),
            day=event.latest or date.max,
            edtf=event.date,
        )


register(
    SearchKind(
        number=1,
        model=Event,
        label=_("Events"),
        documents=event_documents,
        rows=lambda: Event._base_manager.select_related("city", "network"),
        related=[Related(City, "city", CITY_NAMES), Related(Network, "network", NETWORK_NAMES)],
        is_dated=True,
    )
)
