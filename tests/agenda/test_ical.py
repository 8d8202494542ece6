"""When events are, as three readers of calendars understand it: days, moments, and what is still vague."""

import uuid
from datetime import date

import pytest
import time_machine
from icalendar import Calendar

from agenda.models import Event
from tests.agenda.calendar_readers import every_reader
from tests.agenda.calendars import calendar, lines_of
from tests.factories import make_city, make_event


def span(event):
    return event["all_day"], event["start"], event["end"]


@time_machine.travel("2026-06-15T10:00:00Z", tick=False)
@pytest.mark.django_db
def test_a_calendar_to_the_last_octet():
    torino = make_city(name="Torino", country="IT", timezone="Europe/Rome", latitude=45.07049, longitude=7.68682)
    make_event(
        uid=uuid.UUID("6f1f64a8-8f0a-4d4c-9c1e-0d5ad3a0a001"),
        title_es="Encuentro; con coma, y más palabras de las que caben en una línea",
        theme_es="«La ciudad, un aula»",
        summary_en="Open to all.",
        slug_es="encuentro",
        date="2026-10-01/2026-10-02",
        start_time="15:00",
        end_time="13:30",
        city=torino,
        place="Torino",
        mode="hybrid",
    )

    assert calendar(Event.objects.get(), language="es").decode() == (
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//IAEC//Agenda//EN\r\n"
        "CALSCALE:GREGORIAN\r\n"
        "METHOD:PUBLISH\r\n"
        "NAME;LANGUAGE=es:Agenda\r\n"
        "X-WR-CALNAME:Agenda\r\n"
        "LAST-MODIFIED:20260615T100000Z\r\n"
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n"
        "X-PUBLISHED-TTL:PT4H\r\n"
        "SOURCE;VALUE=URI:https://example.org/es/agenda.ics\r\n"
        "URL:https://example.org/es/agenda/\r\n"
        "BEGIN:VTIMEZONE\r\n"
        "TZID:Europe/Rome\r\n"
        "BEGIN:DAYLIGHT\r\n"
        "DTSTART:20260329T020000\r\n"
        "TZOFFSETFROM:+0100\r\n"
        "TZOFFSETTO:+0200\r\n"
        "TZNAME:CEST\r\n"
        "END:DAYLIGHT\r\n"
        "END:VTIMEZONE\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:6f1f64a8-8f0a-4d4c-9c1e-0d5ad3a0a001\r\n"
        "DTSTAMP:20260615T100000Z\r\n"
        "CREATED:20260615T100000Z\r\n"
        "LAST-MODIFIED:20260615T100000Z\r\n"
        "SEQUENCE:0\r\n"
        "DTSTART;TZID=Europe/Rome:20261001T150000\r\n"
        "DTEND;TZID=Europe/Rome:20261002T133000\r\n"
        "SUMMARY;LANGUAGE=es:Encuentro\\; con coma\\, y más palabras de las que caben\r\n"
        "  en una línea\r\n"
        "DESCRIPTION:«La ciudad\\, un aula»\\n\\nOpen to all.\\n\\nhttps://example.org/\r\n"
        " es/agenda/encuentro/\r\n"
        "URL:https://example.org/es/agenda/encuentro/\r\n"
        "CATEGORIES;LANGUAGE=es:Encuentro\r\n"
        "LOCATION:Torino\\, Italia · En línea\r\n"
        "GEO:45.07049;7.68682\r\n"
        "STATUS:CONFIRMED\r\n"
        "TRANSP:OPAQUE\r\n"
        "CLASS:PUBLIC\r\n"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


@every_reader
@pytest.mark.django_db
def test_a_day_ends_when_the_next_begins(read):
    one = make_event(date="2026-10-01", title_en="one")
    three = make_event(date="2026-12-30/2027-01-01", title_en="three")

    assert [span(event) for event in read(calendar(one, three))] == [
        (True, date(2026, 10, 1), date(2026, 10, 2)),
        (True, date(2026, 12, 30), date(2027, 1, 2)),
    ]


TIMES = [
    # zone, date, start, end
    ("Europe/Madrid", "2026-07-01", "10:00", "12:00"),
    ("Europe/Madrid", "2027-01-10", "10:00", "12:00"),
    ("Europe/Madrid", "2026-03-29", "01:30", "03:30"),  # 02:00 becomes 03:00
    ("Europe/Madrid", "2026-03-29", "02:30", "03:30"),  # a start that is leapt over
    ("Europe/Madrid", "2026-03-29", "03:00", "04:00"),
    ("Europe/Madrid", "2026-10-25", "01:30", "02:30"),  # an end that comes twice
    ("Europe/Madrid", "2026-10-25", "02:15", "02:45"),
    ("Europe/Madrid", "2026-10-25", "02:15", "02:15"),  # lasts an hour, then
    ("Europe/Madrid", "2026-10-25", "03:00", "04:00"),
    ("America/Santiago", "2026-04-04/2026-04-05", "22:30", "09:00"),  # back at midnight
    ("America/Santiago", "2026-09-06", "00:30", "02:00"),  # no hour after midnight
    ("Australia/Lord_Howe", "2026-04-05", "01:45", "02:30"),
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "09:00"),
    ("Pacific/Auckland", "2026-09-27", "09:00", "17:00"),
    ("America/Sao_Paulo", "2018-12-10", "09:00", "17:00"),  # with summer time
    ("America/Sao_Paulo", "2026-12-10", "09:00", "17:00"),  # without
    ("Asia/Seoul", "2031-05-03/2031-05-05", "09:00", "17:00"),
    ("Asia/Kathmandu", "2026-05-03", "09:00", "17:00"),
    ("UTC", "2026-05-03", "09:00", "17:00"),
]


@every_reader
@pytest.mark.django_db
def test_every_reader_sees_the_moments_that_we_mean(read):
    made = [
        make_event(title_en=str(number), timezone=zone, date=day, start_time=start, end_time=end)
        for number, (zone, day, start, end) in enumerate(TIMES)
    ]

    seen = {event["summary"]: span(event) for event in read(calendar(*made))}

    assert seen == {event.title_en: (False, event.starts_at, event.ends_at) for event in made}


@every_reader
@pytest.mark.django_db
def test_a_start_alone_is_that_moment_and_on_several_days_goes_on_to_the_end_of_the_last(read):
    lisbon = {"timezone": "Europe/Lisbon", "start_time": "18:00"}
    evening = make_event(date="2026-10-01", **lisbon)
    congress = make_event(date="2026-10-02/2026-10-04", **lisbon)

    assert [span(event) for event in read(calendar(evening, congress))] == [
        (False, evening.starts_at, evening.starts_at),
        (False, congress.starts_at, congress.ends_at),
    ]


@every_reader
@pytest.mark.django_db
def test_an_end_alone_is_the_moment_of_a_deadline_and_else_is_said_in_words(read):
    ends = {"timezone": "Europe/Rome", "end_time": "12:00"}
    deadline = make_event(date="2026-10-01", kind="deadline", **ends)
    fair = make_event(date="2026-10-02", **ends)

    first, second = read(calendar(deadline, fair))
    assert span(first) == (False, deadline.ends_at, deadline.ends_at)
    assert span(second) == (True, date(2026, 10, 2), date(2026, 10, 3))
    assert "2 October 2026, until 12:00 (Rome time)" in second["description"]


@pytest.mark.django_db
def test_an_end_that_is_the_start_is_no_end():
    leapt_over = make_event(timezone="Europe/Madrid", date="2026-03-29", start_time="02:30", end_time="03:00")
    equal = make_event(date="2026-03-30", start_time="10:00", end_time="10:00")

    lines = lines_of(calendar(leapt_over, equal))

    assert [line for line in lines if line.startswith("DTEND")] == []
    assert "DTSTART:20260329T013000Z" in lines


@every_reader
@pytest.mark.django_db
def test_a_vague_date_covers_all_it_can_mean_and_says_so(read):
    rosario = make_city(name="Rosario", timezone="America/Argentina/Cordoba", latitude=-32.9)
    north = make_event(date="2026-23", title_en="Meeting")
    south = make_event(date="2026-22", title_en="Encounter", city=rosario)
    about = make_event(date="2027-06-01~", title_en="Course", status="cancelled")

    events = read(calendar(north, south, about))

    assert [(event["summary"], event["status"], *span(event)) for event in events] == [
        (
            "Meeting (date to be confirmed: Autumn 2026 (Sep–Nov))",
            *("TENTATIVE", True, date(2026, 9, 1), date(2026, 12, 1)),
        ),
        (
            "Encounter (date to be confirmed: Summer 2026–2027 (Dec 2026 – Feb 2027))",
            *("TENTATIVE", True, date(2026, 12, 1), date(2027, 3, 1)),
        ),
        (
            "Cancelled: Course (date to be confirmed: about 1 June 2027)",
            *("CANCELLED", True, date(2027, 6, 1), date(2027, 6, 2)),
        ),
    ]
    assert events[0]["description"].startswith("The date is still to be confirmed: Autumn 2026 (Sep–Nov).")


@every_reader
@pytest.mark.django_db
def test_a_date_that_is_firmed_up_is_the_same_event_and_a_later_word_on_it(read):
    event = make_event(date="2026-23")
    (before,) = read(calendar(event))

    event.date = "2026-10-01"
    event.save()

    (after,) = read(calendar(event))
    assert (after["uid"], after["sequence"]) == (before["uid"], before["sequence"] + 1) == (str(event.uid), 1)
    assert (span(after), after["status"]) == ((True, date(2026, 10, 1), date(2026, 10, 2)), "CONFIRMED")


@pytest.mark.django_db
def test_a_calendar_without_events_is_one_that_can_be_read():
    octets = calendar(make_event(date="XXXX"))

    read_again = Calendar.from_ical(octets)
    assert (len(read_again.walk("VEVENT")), len(read_again.walk("VTIMEZONE")), read_again.errors) == (0, 1, [])
