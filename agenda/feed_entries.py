"""What feeds say of an event, in one language, before it takes the form of any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext, override

from agenda.dates import EventDate
from agenda.models import Event, is_followed_from_afar
from agenda.time_text import times_text
from networks.countries import country_names
from publishing.date_text import full_date_text
from publishing.dates import parse_edtf
from translations.texts import Text, text_of


@dataclass(slots=True)
class Entry:
    """An event. Its texts say which language they are in; `kind` and `where` are words in the feed's language."""

    uid: UUID
    sequence: int
    created_at: datetime
    updated_at: datetime
    url: str
    title: Text
    theme: Text
    summary: Text
    kind: str
    is_deadline: bool
    status: str
    where: str
    position: tuple[float, float] | None
    date: str
    earliest: date | None
    latest: date | None
    is_exact: bool
    start_time: time | None
    end_time: time | None
    time_zone: str
    southern: bool
    city_of_clocks: str
    is_followed_from_afar: bool

    def known(self) -> EventDate:
        return EventDate(
            when=parse_edtf(self.date),
            time_zone=self.time_zone,
            start_time=self.start_time,
            end_time=self.end_time,
            southern=self.southern,
        )

    def when(self, language: str, *, now: datetime | None = None) -> str:
        """The date in words: "autumn 2025 (Sep–Nov)", "Wednesday 1 October 2025, 10:00 (Lisbon time)".

        As on its page, the weekday stands there while the event is not over at the moment `now`.
        """
        known = self.known()
        weekday = now is not None and not known.is_over(now)
        text = full_date_text(known.when, language, southern=self.southern, weekday=weekday)
        times = times_text(known, language, city=self.city_of_clocks, utc=self.is_followed_from_afar)
        return ", ".join(filter(None, [text, times]))

    @property
    def is_cancelled(self) -> bool:
        return self.status == Event.Status.CANCELLED

    @property
    def is_postponed(self) -> bool:
        return self.status == Event.Status.POSTPONED


def entries(rows: Iterable, language: str, address_of: Callable[[str], str]) -> list[Entry]:
    """From rows of `for_calendar()`; `address_of` makes the absolute address of an event's page from its slug."""
    with override(language):
        kinds = {value: str(label) for value, label in Event.Kind.choices}
        online, everywhere = gettext("Online"), str(Event.Mode.MEMBER_CITIES.label)
    countries = country_names(language)

    def shown(row, field: str) -> Text:
        text = getattr(row, f"{field}_{language}")
        return Text(text, language) if text else text_of(row, field, language)

    def where(row) -> str:
        place = row.place or row.city__name or ""
        if row.mode == Event.Mode.ONLINE:
            return place or online
        if row.mode == Event.Mode.MEMBER_CITIES and not place:
            place = everywhere
        country = countries.get(row.country, row.country)
        if country and country not in place:
            place = f"{place}, {country}" if place else country
        return f"{place} · {online}" if row.mode == Event.Mode.HYBRID else place

    def position(row) -> tuple[float, float] | None:
        if row.city__latitude is None or row.city__longitude is None or row.mode == Event.Mode.ONLINE:
            return None
        return row.city__latitude, row.city__longitude

    def city_of_clocks(row) -> str:
        if not row.city__timezone or row.city__timezone != (row.timezone or row.city__timezone):
            return ""
        return row.city__part_of or getattr(row, f"city__exonym_{language}") or row.city__name

    return [
        Entry(
            uid=row.uid,
            sequence=row.sequence,
            created_at=row.created_at,
            updated_at=row.updated_at,
            url=address_of(getattr(row, f"slug_{language}")),
            title=shown(row, "title"),
            theme=shown(row, "theme"),
            summary=shown(row, "summary"),
            kind=kinds[row.kind],
            is_deadline=row.kind == Event.Kind.DEADLINE,
            status=row.status,
            where=where(row),
            position=position(row),
            date=row.date,
            earliest=row.earliest,
            latest=row.latest,
            is_exact=row.vagueness == 0,
            start_time=row.start_time,
            end_time=row.end_time,
            time_zone=row.timezone or row.city__timezone or settings.TIME_ZONE,
            southern=(row.city__latitude or 0) < 0,
            city_of_clocks=city_of_clocks(row),
            is_followed_from_afar=is_followed_from_afar(row),
        )
        for row in rows
    ]


def title_forms(language: str) -> dict[str, str]:
    """How a title says that its event does not take place as planned, by status."""
    with override(language):
        return {
            Event.Status.CONFIRMED: "%(title)s",
            Event.Status.POSTPONED: gettext("Postponed: %(title)s"),
            Event.Status.CANCELLED: gettext("Cancelled: %(title)s"),
        }
