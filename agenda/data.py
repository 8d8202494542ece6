"""Events as rows for programs: what a download says of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agenda.models import NEVER, Event, mode_of
from translations.data_lists import addresses_of, texts_of_field
from translations.texts import columns

COLUMNS = (
    *("url", "title", "title_language", "theme", "theme_language", "summary", "summary_language"),
    *("kind", "status", "mode", "date", "starts", "ends", "time_zone", "place", "city", "city_slug", "country"),
    *("network", "source", "source_language", "uid", "updated"),
)


def rows_of(events):
    """With all that is said of them; the long texts stay in the database."""
    return events.select_related("city", "network").defer(*columns("body"))


def event_facts(event: Event, address: Callable[[str, str], str], language: str) -> dict[str, Any]:
    """`date` is EDTF, as known; `starts` and `ends` are its first and last possible moment."""
    city, network = event.city, event.network
    return {
        **addresses_of(event, address, language),
        "title": texts_of_field(event, "title"),
        "theme": texts_of_field(event, "theme"),
        "summary": texts_of_field(event, "summary"),
        "kind": event.kind,
        "status": event.status,
        "mode": mode_of(event),
        "date": event.date,
        "starts": moment(event.starts_at),
        "ends": moment(event.ends_at),
        "time_zone": event.event_date().time_zone,
        "place": event.place,
        "city": city.name if city else "",
        "city_slug": city.slug if city and city.is_public() else "",
        "country": event.country,
        "network": network.slug if network and network.is_public() else "",
        "source": event.url,
        "source_language": event.source_language,
        "uid": str(event.uid),
        "updated": event.updated_at.isoformat(timespec="seconds"),
    }


def moment(at) -> str:
    """ "" for a date to be announced."""
    return "" if at == NEVER else at.isoformat(timespec="seconds")
