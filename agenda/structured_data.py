"""An event as search engines read it: schema.org's Event, as a dict that is printed as JSON-LD.

Only what is known is said. An event whose days are not known has no `startDate` that would be true, so it has no
structured data at all. Nor has a deadline: nobody attends one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agenda.dates import EventDate
from agenda.models import Event, mode_of
from publishing.structured_data import SCHEMA, without_gaps
from translations.texts import text_of

STATUS = {
    Event.Status.CONFIRMED: f"{SCHEMA}/EventScheduled",
    Event.Status.POSTPONED: f"{SCHEMA}/EventPostponed",
    Event.Status.CANCELLED: f"{SCHEMA}/EventCancelled",
}
# What is held "in every member city" has no one answer: each city decides.
ATTENDANCE = {
    Event.Mode.IN_PERSON: f"{SCHEMA}/OfflineEventAttendanceMode",
    Event.Mode.ONLINE: f"{SCHEMA}/OnlineEventAttendanceMode",
    Event.Mode.HYBRID: f"{SCHEMA}/MixedEventAttendanceMode",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the event does not know by itself: its page and the association.

    `absolute` adds scheme and host to an address. `picture` is the address of a picture of the page, absolute.
    """

    url: str
    picture: str
    home: str
    association: str
    absolute: Callable[[str], str]


def event_data(event: Event, around: Surroundings) -> dict[str, Any] | None:
    """The event in the page's language or, where it lacks that, in the language in which the page shows it."""
    known = event.event_date()
    if event.is_deadline or not known.when.is_day_precise:
        return None
    name = text_of(event, "title")
    data = {
        "@context": SCHEMA,
        "@type": "EducationEvent" if event.kind == Event.Kind.TRAINING else "Event",
        "name": name.text,
        "description": _description(event, name.language),
        "inLanguage": name.language,
        "url": around.url,
        **_moments(known),
        "eventStatus": STATUS[Event.Status(event.status)],
        "eventAttendanceMode": ATTENDANCE.get(mode_of(event)),
        "location": _location(event, around),
        "organizer": _organizer(event, around),
        "image": [around.picture] if around.picture else None,
        **_edition(event, around),
    }
    return without_gaps(data)


def _description(event: Event, language: str) -> str:
    """In the language of the name, or none: a string of JSON cannot say that it is in another one."""
    for field in ("summary", "theme"):
        text = text_of(event, field, language)
        if text.text and text.language == language:
            return text.text
    return ""


def _moments(known: EventDate) -> dict[str, str]:
    """Days as they are; times with the offset that the place's clocks have at that moment.

    A time that is not known is not made up. Where only the start of a single day is known, no end is said: the day
    alone would read as its midnight, which lies before the start.
    """
    first, last = known.when.earliest(), known.when.latest()
    starts, ends = first.isoformat(), last.isoformat()
    if known.start_time is not None:
        starts = _local(known.starts_at, known)
        ends = ends if known.when.is_range else ""
    if known.end_time is not None:
        ends = _local(known.ends_at, known)
    return {"startDate": starts, "endDate": ends}


def _local(moment: datetime, known: EventDate) -> str:
    return moment.astimezone(ZoneInfo(known.time_zone)).isoformat(timespec="seconds")


def _location(event: Event, around: Surroundings) -> dict | list[dict] | None:
    mode = mode_of(event)
    online = {"@type": "VirtualLocation", "url": event.url or around.url}
    if mode == Event.Mode.ONLINE:
        return online
    place = _place(event)
    if mode == Event.Mode.HYBRID:
        return [place, online] if place else online
    return place


def _place(event: Event) -> dict | None:
    city = event.city
    if not (event.place or city or event.country):
        return None
    address = {
        "@type": "PostalAddress",
        "addressLocality": city.name if city else "",
        "addressCountry": event.country,
    }
    place = {"@type": "Place", "name": event.place or (city.name if city else event.country_name), "address": address}
    if city is not None and city.latitude is not None and city.longitude is not None:
        point = {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude}
        # The point is that of the city, which a hall or a district within it is not.
        if place["name"] == city.name:
            place["geo"] = point
        else:
            place["containedInPlace"] = {"@type": "City", "name": city.name, "geo": point}
    return place


def _organizer(event: Event, around: Surroundings) -> dict | None:
    """The network, else the association; nobody for what others hold, and while a network is not public."""
    if event.network is not None:
        if not event.network.is_public():
            return None
        url = around.absolute(event.network.get_absolute_url())
        return {"@type": "Organization", "name": event.network.official_name, "url": url}
    if event.kind == Event.Kind.OTHER or not around.association:
        return None
    return {"@type": "Organization", "name": around.association, "url": around.home}


def _edition(event: Event, around: Surroundings) -> dict[str, Any]:
    """The Congress or the Day that the event belongs to. The Congress itself is the same thing as its edition.

    An Award is no event: what belongs to one says nothing here.
    """
    edition = event.edition
    if edition is None or not edition.is_public() or edition.series.key not in Event.Kind.values:
        return {}
    url = around.absolute(edition.get_absolute_url())
    if event.kind == edition.series.key:
        return {"sameAs": url}
    name = text_of(edition, "title")
    return {"superEvent": {"@type": "Event", "name": name.text, "inLanguage": name.language, "url": url}}
