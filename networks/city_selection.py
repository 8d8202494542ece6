"""The choice that a visitor makes among member cities, as it stands in an address: `?country=ES&network=race&q=la`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, Max, OuterRef, Q
from django.http import Http404
from django.utils.timezone import localdate

from networks.countries import country_name, country_names, sorted_countries
from networks.models import City, Membership, Network
from publishing import clock
from publishing.collation import collation_key
from publishing.options import Option
from publishing.slugs import one_by_slug
from translations.texts import columns, current_language

LONGEST = 100
# What the directory and its maps show of a city.
SHOWN = (
    "name",
    "slug",
    "name_local",
    "name_local_language",
    "plain_names",
    "country",
    "region",
    "part_of",
    "latitude",
    "longitude",
)


@dataclass(frozen=True)
class CitySelection:
    """Member cities of a country, of a network, and with a name that holds the text: all that is given has to hold."""

    text: str = ""
    country: str = ""
    network: Network | None = None

    def __bool__(self):
        return bool(self.text or self.country or self.network)

    @property
    def query(self) -> dict[str, str]:
        """The choice as parameters of an address."""
        network = getattr(self.network, f"slug_{current_language()}") if self.network else ""
        chosen = {"country": self.country, "network": network, "q": self.text}
        return {name: value for name, value in chosen.items() if value}

    @property
    def country_name(self) -> str:
        return country_name(self.country) if self.country else ""

    def cities(self):
        """The published member cities of the choice."""
        return self._among(City.objects.published().members().only(*SHOWN))

    def as_of(self) -> date | None:
        """The day since which their number stands: that of the latest change to a city of the choice, public or not,
        and of its appearing or going by a date that was set. None without any, and for cities found by a text. One
        query.
        """
        if self.text:
            return None
        now, cities = clock.now(), self._among(City.objects.members()).order_by()
        moments = cities.aggregate(
            changed=Max("updated_at", filter=Q(updated_at__lte=now)),
            appeared=Max("publish_at", filter=Q(publish_at__lte=now)),
            gone=Max("withdraw_at", filter=Q(withdraw_at__lte=now)),
        ).values()
        latest = max(filter(None, moments), default=None)
        return localdate(latest) if latest else None

    def _among(self, cities):
        if self.text:
            cities = cities.search(self.text)
        if self.country:
            cities = cities.filter(country=self.country)
        return cities.filter(networks=self.network) if self.network else cities


def read_city_selection(query) -> CitySelection:
    """The choice that a query (a QueryDict) names. Raises Http404 for a country or network that there is not."""
    country = query.get("country", "").strip()
    if country and country not in country_names("en"):
        raise Http404
    network = one_by_slug(Network.objects.published(), query.get("network", "").strip())
    return CitySelection(query.get("q", "").strip()[:LONGEST], country, network)


class CityForm:
    """What the form offers: countries and networks that have member cities, and what is chosen. Two queries."""

    def __init__(self, selection: CitySelection):
        self.selection = selection

    @cached_property
    def countries(self) -> list[Option]:
        chosen, here = self.selection.country, current_language()
        members = City.objects.published().members().order_by()
        existing = {*members.values_list("country", flat=True).distinct(), chosen}
        return [Option(code, name, code == chosen) for code, name in sorted_countries(here) if code in existing]

    @cached_property
    def networks(self) -> list[Option]:
        chosen = self.selection.network
        members = City.objects.published().members().order_by()
        joined = Membership.objects.filter(network=OuterRef("pk"), city__in=members)
        offered = Network.objects.published().filter(Exists(joined))
        found = list(offered.only("official_name", "official_language", *columns("slug")))
        if chosen and chosen not in found:
            found.append(chosen)
        found.sort(key=lambda network: collation_key(network.official_name))
        return [
            Option(network.slug, network.official_name, network == chosen, network.official_language)
            for network in found
        ]
