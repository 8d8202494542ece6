"""The iCalendar form of events (RFC 5545, with the properties that RFC 7986 added).

A writer of our own, because a thousand events have to go out within a tenth of a second: see
docs/decisions/0010-calendar-feeds.md, which also says how dates and times are sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext, override

from agenda.content_lines import escaped, folded, parameter
from agenda.feed_entries import Entry, title_forms
from agenda.vtimezone import timezone_lines, zone_of

PRODUCT = "-//IAEC//Agenda//EN"
# How often calendars may come back. What they find unchanged costs next to nothing.
REFRESH = "PT4H"
_ONE_DAY = timedelta(days=1)
_UTC_ZONES = frozenset({"UTC", "Etc/UTC", "UCT", "Etc/UCT", "GMT", "Etc/GMT", "Zulu", "Etc/Zulu"})

# The local times in each zone that readers have to understand.
Zones = dict[str, list[datetime]]


def build_calendar(
    events: Iterable[Entry], *, language: str, title: str, description: str = "", feed_url: str, page_url: str
) -> bytes:
    """A calendar of events in the order given. Those whose date is to be announced have no place in one."""
    zones: Zones = {}
    writer = _EventWriter(language, zones)
    dated = [event for event in events if event.earliest is not None]
    lines = [line for event in dated for line in writer.lines(event)]
    if not dated:
        # A calendar without any component would be none (RFC 5545, section 3.6).
        zones["Etc/UTC"] = [datetime(2000, 1, 1, tzinfo=UTC)]
    changed = max((event.updated_at for event in dated), default=None)
    tag = parameter(language)
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME;LANGUAGE={tag}:{escaped(title)}",
        f"X-WR-CALNAME:{escaped(title)}",
        *([f"DESCRIPTION;LANGUAGE={tag}:{escaped(description)}"] if description else []),
        *([f"X-WR-CALDESC:{escaped(description)}"] if description else []),
        *([f"LAST-MODIFIED:{_instant(changed)}"] if changed else []),
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        f"SOURCE;VALUE=URI:{feed_url}",
        f"URL:{page_url}",
    ]
    timezones = [line for name in sorted(zones) for line in timezone_lines(name, zones[name])]
    return folded([*head, *timezones, *lines, "END:VCALENDAR"])


class _EventWriter:
    """Writes VEVENTs, and collects the local times for which time zones are needed."""

    def __init__(self, language: str, zones: Zones):
        self.language, self.zones = language, zones
        self.titles = title_forms(language)
        with override(language):
            self.vague_title = gettext("%(title)s (date to be confirmed: %(date)s)")
            self.vague_note = gettext("The date is still to be confirmed: %(date)s.")
        self.categories = f"CATEGORIES;LANGUAGE={parameter(language)}:"

    def lines(self, event: Entry) -> list[str]:
        changed = _instant(event.updated_at)
        dates = self.dates(event)
        lines = [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            # By RFC 5546 the moment at which this was written; the last change, so that equal feeds are equal bytes.
            f"DTSTAMP:{changed}",
            f"CREATED:{_instant(event.created_at)}",
            f"LAST-MODIFIED:{changed}",
            f"SEQUENCE:{event.sequence}",
            *dates,
            *self.words(event),
            f"URL:{event.url}",
            f"{self.categories}{escaped(event.kind)}",
        ]
        if event.where:
            lines.append(f"LOCATION:{escaped(event.where)}")
        if event.position:
            lines.append(f"GEO:{_degrees(event.position[0])};{_degrees(event.position[1])}")
        if event.is_cancelled:
            lines.append("STATUS:CANCELLED")
        else:
            lines.append("STATUS:CONFIRMED" if event.is_exact and not event.is_postponed else "STATUS:TENTATIVE")
        # A congress of three days leaves nobody without a free hour; and what does not take place takes no time.
        takes_time = "VALUE=DATE" not in dates[0] and not event.is_cancelled and not event.is_postponed
        lines += ["TRANSP:OPAQUE" if takes_time else "TRANSP:TRANSPARENT", "CLASS:PUBLIC", "END:VEVENT"]
        return lines

    def words(self, event: Entry) -> list[str]:
        title = self.titles[event.status] % {"title": event.title.text}
        notes = []
        if not event.is_exact:
            when = event.when(self.language)
            title = self.vague_title % {"title": title, "date": when}
            notes = [self.vague_note % {"date": when}]
        elif event.end_time is not None and event.start_time is None:
            notes = [event.when(self.language)]
        texts = [text for text in (event.theme, event.summary) if text.text]
        languages = {text.language for text in texts} | ({self.language} if notes else set())
        tag = f";LANGUAGE={languages.pop()}" if len(languages) == 1 else ""
        paragraphs = "\\n\\n".join(map(escaped, [*notes, *(text.text for text in texts), event.url]))
        return [f"SUMMARY;LANGUAGE={event.title.language}:{escaped(title)}", f"DESCRIPTION{tag}:{paragraphs}"]

    def dates(self, event: Entry) -> list[str]:
        """DTSTART and, where an end is known, DTEND, which is the first moment no longer part of the event."""
        first, last, start, end = event.earliest, event.latest, event.start_time, event.end_time
        if start is None and end is not None and event.is_deadline and first == last:
            return [self.moment("DTSTART", event, last, end)]
        if start is None:
            return [f"DTSTART;VALUE=DATE:{_day(first)}", f"DTEND;VALUE=DATE:{_day(last + _ONE_DAY)}"]
        lines = [self.moment("DTSTART", event, first, start)]
        if end is None:
            if last > first:
                lines.append(self.moment("DTEND", event, last + _ONE_DAY, time.min))
        elif self.is_later(event, lines[0]):
            lines.append(self.moment("DTEND", event, last, end))
        return lines

    def is_later(self, event: Entry, start: str) -> bool:
        """Whether the event ends after its start, as RFC 5545 wants it of a DTEND."""
        if "TZID" in start:
            return (event.latest, event.end_time) > (event.earliest, event.start_time)
        # The clocks can leap over the start and up to the end, and show one time twice.
        known = event.known()
        return known.ends_at > known.starts_at

    def moment(self, name: str, event: Entry, day: date, at: time) -> str:
        """A time on the clocks of the event's zone.

        One that they show twice, or not at all, goes out in UTC: readers do not agree on which moment it is, and the
        standard takes the first for an end where we take the second.
        """
        text = f"{_day(day)}T{at.hour:02}{at.minute:02}{at.second:02}"
        if event.time_zone in _UTC_ZONES:
            return f"{name}:{text}Z"
        local = datetime.combine(day, at, zone_of(event.time_zone))
        if local.utcoffset() != local.replace(fold=1).utcoffset():
            known = event.known()
            starts = name == "DTSTART" and event.start_time is not None
            return f"{name}:{_instant(known.starts_at if starts else known.ends_at)}"
        self.zones.setdefault(event.time_zone, []).append(local)
        return f"{name};TZID={event.time_zone}:{text}"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _instant(at: datetime) -> str:
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}Z"


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
