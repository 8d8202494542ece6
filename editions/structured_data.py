"""An edition as search engines read it: schema.org's Event, as a dict that is printed as JSON-LD.

As of events, only what is known is said: an edition whose days are not known has none. Nor has an Award, which nobody
attends: its ceremony is an event of the agenda.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from editions.models import Edition, Series
from networks.models import City
from publishing.dates import parse_edtf
from publishing.structured_data import SCHEMA, without_gaps
from translations.texts import text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The addresses of its page, of its series and of the home page, absolute, and the association's name."""

    url: str
    series_url: str
    home: str
    association: str


def edition_data(edition: Edition, around: Surroundings) -> dict[str, Any] | None:
    """In the page's language or, where it lacks that, in the language in which the page shows the title."""
    when = parse_edtf(edition.date)
    if edition.series.key == Series.Key.AWARD or not when.is_day_precise:
        return None
    name = text_of(edition, "title")
    theme = text_of(edition, "theme", name.language)
    series = text_of(edition.series, "name", name.language)
    is_cancelled = edition.status == Edition.Status.CANCELLED
    return without_gaps(
        {
            "@context": SCHEMA,
            "@type": "Event",
            "name": name.text,
            # In the language of the name, or none: a string of JSON cannot say that it is in another one.
            "description": theme.text if theme.language == name.language else "",
            "inLanguage": name.language,
            "url": around.url,
            "startDate": when.earliest().isoformat(),
            "endDate": when.latest().isoformat(),
            "eventStatus": f"{SCHEMA}/{'EventCancelled' if is_cancelled else 'EventScheduled'}",
            "location": _place(edition.host_city),
            "organizer": {"@type": "Organization", "name": around.association, "url": around.home}
            if around.association
            else None,
            "superEvent": {
                "@type": "EventSeries",
                "name": series.text if series.language == name.language else "",
                "url": around.series_url,
            },
        }
    )


def _place(city: City | None) -> dict[str, Any] | None:
    if city is None:
        return None
    point = None
    if city.latitude is not None and city.longitude is not None:
        point = {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude}
    address = {"@type": "PostalAddress", "addressLocality": city.name, "addressCountry": city.country}
    return {"@type": "Place", "name": city.name, "address": address, "geo": point}
