"""A city as search engines read it: schema.org's Place, as a dict that is printed as JSON-LD."""

from __future__ import annotations

from typing import Any

from networks.models import City
from networks.search_names import all_city_names
from publishing.structured_data import SCHEMA, without_gaps


def city_data(city: City, url: str) -> dict[str, Any]:
    """The city by its own name, its other names beside it; `url` is its page's. Only what is known is said."""
    point = None
    if city.latitude is not None and city.longitude is not None:
        point = {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude}
    geonames = f"https://www.geonames.org/{city.geonames_id}/" if city.geonames_id else ""
    return without_gaps(
        {
            "@context": SCHEMA,
            "@type": "Place",
            "name": city.name,
            "alternateName": [name for name in all_city_names(city) if name != city.name],
            "url": url,
            "geo": point,
            "address": {
                "@type": "PostalAddress",
                "addressLocality": city.part_of or city.name,
                "addressRegion": city.region,
                "addressCountry": city.country,
            },
            "containedInPlace": {"@type": "City", "name": city.part_of} if city.part_of else None,
            "sameAs": [address for address in (geonames, city.website) if address],
        }
    )
