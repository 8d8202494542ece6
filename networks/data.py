"""Networks and member cities as rows for programs: what a download says of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Prefetch, Q

from networks.city_selection import CitySelection
from networks.models import City, Network
from publishing.models import visible
from publishing.open_data import Source
from translations.data_lists import Texts, addresses_of, texts_of_field
from translations.texts import ALL_LANGUAGES, Text, current_language

NETWORK_COLUMNS = (
    *("url", "official_name", "official_language", "name", "name_language", "acronym", "kind", "countries"),
    *("member_cities", "part_of", "coordinating_city", "founded", "active", "website"),
    *("description", "description_language", "source_language", "updated"),
)
CITY_COLUMNS = (
    *("url", "slug", "name", "local_name", "local_name_language", "official_names", "exonym", "exonym_language"),
    *("country", "region", "part_of", "latitude", "longitude", "time_zone", "geonames_id"),
    *("member_since", "networks", "website", "updated"),
)
GEONAMES = Source(
    name="GeoNames",
    url="https://www.geonames.org/",
    licence="Creative Commons Attribution 4.0 (CC BY 4.0)",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    columns=("latitude", "longitude", "time_zone", "geonames_id"),
)


def network_rows():
    """In the order of the page, with the number of public member cities."""
    members = Count("cities", filter=visible(prefix="cities__") & Q(cities__listed_as=City.ListedAs.MEMBER))
    networks = Network.objects.published().select_related("parent_network", "coordinating_city")
    return networks.annotate(member_count=members).order_by("order", "pk")


def network_facts(network: Network, address: Callable[[str, str], str], language: str) -> dict[str, Any]:
    """Dates are EDTF; what is not public is not named."""
    parent, coordinator = network.parent_network, network.coordinating_city
    return {
        **addresses_of(network, address, language),
        "official_name": network.official_name,
        "official_language": network.official_language,
        "name": texts_of_field(network, "name"),
        "acronym": network.acronym,
        "kind": network.kind,
        "countries": network.countries,
        "member_cities": network.member_count,
        "part_of": parent.slug if parent and parent.is_public() else "",
        "coordinating_city": coordinator.slug if coordinator and coordinator.is_public() else "",
        "founded": network.founded,
        "active": network.active,
        "website": network.website,
        "description": texts_of_field(network, "description"),
        "source_language": network.source_language,
        "updated": network.updated_at.isoformat(timespec="seconds"),
    }


def city_rows(selection: CitySelection):
    """The member cities of the page's choice, by country and name."""
    cities = selection.cities().defer(None)  # every column
    networks = Prefetch("networks", Network.objects.published().order_by("order", "pk"))
    return cities.order_by("country", "sort_name", "pk").prefetch_related(networks)


def city_facts(city: City, address: Callable[[str, str], str], language: str) -> dict[str, Any]:
    return {
        "url": address(language, city.slug),
        "slug": city.slug,
        "name": city.name,
        "local_name": city.name_local,
        "local_name_language": city.name_local_language,
        "official_names": [
            name["text"] for name in city.official_names if isinstance(name, dict) and name.get("text")
        ],
        "exonym": exonyms(city),
        "country": city.country,
        "region": city.region,
        "part_of": city.part_of,
        "latitude": city.latitude,
        "longitude": city.longitude,
        "time_zone": city.timezone,
        "geonames_id": city.geonames_id,
        "member_since": city.joined_year,
        "networks": [network.slug for network in city.networks.all()],
        "website": city.website,
        "updated": city.updated_at.isoformat(timespec="seconds"),
    }


def exonyms(city: City) -> Texts:
    """Its names in other languages; one that the page's language lacks is not taken from another."""
    found = {code: name for code in ALL_LANGUAGES if (name := getattr(city, f"exonym_{code}"))}
    here = current_language()
    return Texts(found, Text(found.get(here, ""), here))
