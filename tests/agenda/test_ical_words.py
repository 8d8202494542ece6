"""What a calendar says of events in words: texts, places, and what became of them."""

import uuid
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.content_lines import cleaned
from agenda.feed_entries import Entry
from agenda.ical import build_calendar
from tests.agenda.calendar_readers import every_reader, read_by_icalendar
from tests.agenda.calendars import calendar, lines_of
from tests.factories import make_event
from translations.texts import Text


@pytest.mark.parametrize(
    ("status", "summary", "sent"),
    [
        ("confirmed", "Meeting", "CONFIRMED"),
        ("postponed", "Postponed: Meeting", "TENTATIVE"),
        ("cancelled", "Cancelled: Meeting", "CANCELLED"),
    ],
)
@every_reader
@pytest.mark.django_db
def test_readers_hear_what_became_of_an_event(read, status, summary, sent):
    (event,) = read(calendar(make_event(title_en="Meeting", status=status)))

    assert (event["summary"], event["status"]) == (summary, sent)


@pytest.mark.parametrize(
    ("fields", "takes_time"),
    [
        ({}, False),
        ({"start_time": "10:00"}, True),
        ({"start_time": "10:00", "status": "cancelled"}, False),
        ({"start_time": "10:00", "status": "postponed"}, False),
    ],
)
@pytest.mark.django_db
def test_only_an_event_with_times_that_takes_place_takes_time(fields, takes_time):
    lines = lines_of(calendar(make_event(**fields)))

    assert [line for line in lines if line.startswith("TRANSP")] == [
        f"TRANSP:{'OPAQUE' if takes_time else 'TRANSPARENT'}"
    ]


@every_reader
@pytest.mark.django_db
def test_texts_come_back_as_they_were(read):
    title = "평생학습 도시, 배움; 그리고 \\ 🎪 " * 6 + "fin"
    event = make_event(
        title_en=title, summary_en="First line\nsecond, “quoted”: yes\r\n\r\nthird", place="Sala 1; planta, 2\\3"
    )

    (read_again,) = read(calendar(event))

    assert (read_again["summary"], read_again["location"]) == (title, "Sala 1; planta, 2\\3")
    assert read_again["description"].split("\n\nhttps:")[0] == "First line\nsecond, “quoted”: yes\n\nthird"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"place": "Torino", "country": "IT"}, "Torino, Italie"),
        ({"place": "Palais, Torino, Italie", "country": "IT"}, "Palais, Torino, Italie"),
        ({"country": "IT"}, "Italie"),
        ({"mode": "online", "country": "IT"}, "En ligne"),
        ({"mode": "online", "place": "Zoom"}, "Zoom"),
        ({"mode": "member_cities"}, "dans chaque ville membre"),
        ({}, None),
    ],
)
@pytest.mark.django_db
def test_the_place_is_said_in_the_language_of_the_calendar(fields, where):
    (event,) = read_by_icalendar(calendar(make_event(**fields), language="fr"))

    assert event["location"] == where


@pytest.mark.django_db
def test_texts_say_the_language_they_are_really_in():
    event = make_event(title_en=None, title_es="Encuentro", summary_es="Resumen", source_language="es")

    lines = lines_of(calendar(event, language="fr"))

    assert "SUMMARY;LANGUAGE=es:Encuentro" in lines
    assert any(line.startswith("DESCRIPTION;LANGUAGE=es:Resumen") for line in lines)
    assert "CATEGORIES;LANGUAGE=fr:Rencontre" in lines


@settings(deadline=None)
@given(title=st.text(min_size=1), place=st.text(), summary=st.text(min_size=1))
def test_any_text_survives_the_way(title, place, summary):
    at = datetime(2026, 6, 15, tzinfo=UTC)
    entry = Entry(
        **{"uid": uuid.uuid4(), "sequence": 3, "created_at": at, "updated_at": at, "url": "https://example.org/"},
        **{"title": Text(title, "en"), "theme": Text("", "en"), "summary": Text(summary, "en")},
        **{"kind": "Meeting", "is_deadline": False, "status": "confirmed", "where": place, "position": None},
        **{"date": "2026-10-01", "earliest": date(2026, 10, 1), "latest": date(2026, 10, 1), "is_exact": True},
        **{"start_time": None, "end_time": None, "time_zone": "Europe/Madrid", "southern": False},
        **{"city_of_clocks": "", "is_followed_from_afar": False},
    )

    octets = build_calendar([entry], language="en", title=title, feed_url="https://e.org/", page_url="https://e.org/")

    (event,) = read_by_icalendar(octets)
    assert (event["summary"], event["location"] or "") == (cleaned(title), cleaned(place))
    assert event["description"] == f"{cleaned(summary)}\n\nhttps://example.org/"
    assert all(len(line) <= 75 for line in octets.split(b"\r\n"))
