"""What search engines are told about an event, and when they are told nothing."""

import re

import pytest
from django.utils.translation import override

from agenda.structured_data import Surroundings, event_data
from publishing.models import State
from tests.factories import (
    make_city,
    make_edition,
    make_event,
    make_network,
    make_series,
)

pytestmark = pytest.mark.django_db

AROUND = Surroundings(
    url="https://iaec.example/page/",
    picture="https://iaec.example/card.png",
    home="https://iaec.example/en/",
    association="The Association",
    absolute=lambda address: f"https://iaec.example{address}",
)


def data_of(event):
    event.refresh_from_db()
    return event_data(event, AROUND)


def turin():
    return make_city(name="Torino", country="IT", timezone="Europe/Rome", latitude=45.1, longitude=7.7)


def test_a_meeting_of_a_network_over_several_days():
    network = make_network(official_name="Rete delle Città")
    event = make_event(
        title_en="Meeting", summary_en="Two days.", date="2025-10-01/2025-10-03", city=turin(), network=network
    )

    assert data_of(event) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Meeting",
        "description": "Two days.",
        "inLanguage": "en",
        "url": "https://iaec.example/page/",
        "startDate": "2025-10-01",
        "endDate": "2025-10-03",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {
            "@type": "Place",
            "name": "Torino",
            "address": {"@type": "PostalAddress", "addressLocality": "Torino", "addressCountry": "IT"},
            "geo": {"@type": "GeoCoordinates", "latitude": 45.1, "longitude": 7.7},
        },
        "organizer": {
            "@type": "Organization",
            "name": "Rete delle Città",
            "url": f"https://iaec.example{network.get_absolute_url()}",
        },
        "image": ["https://iaec.example/card.png"],
    }


def test_a_training_in_a_hall_and_online_with_times():
    event = make_event(
        kind="training",
        mode="hybrid",
        title_en="Course",
        date="2025-11-14",
        start_time="10:00",
        end_time="12:30",
        city=turin(),
        place="Officine Grandi Riparazioni",
        url="https://example.org/room",
    )

    data = data_of(event)

    assert {key: data[key] for key in ("@type", "startDate", "endDate", "eventAttendanceMode", "location")} == {
        "@type": "EducationEvent",
        "startDate": "2025-11-14T10:00:00+01:00",
        "endDate": "2025-11-14T12:30:00+01:00",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Officine Grandi Riparazioni",
                "address": {"@type": "PostalAddress", "addressLocality": "Torino", "addressCountry": "IT"},
                "containedInPlace": {
                    "@type": "City",
                    "name": "Torino",
                    "geo": {"@type": "GeoCoordinates", "latitude": 45.1, "longitude": 7.7},
                },
            },
            {"@type": "VirtualLocation", "url": "https://example.org/room"},
        ],
    }
    assert data["organizer"] == {
        "@type": "Organization",
        "name": "The Association",
        "url": "https://iaec.example/en/",
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # Each end with the offset of its own day: the clocks go back on 26 October.
        (
            {"date": "2025-10-25/2025-10-26", "start_time": "10:00", "end_time": "12:00"},
            ("2025-10-25T10:00:00+02:00", "2025-10-26T12:00:00+01:00"),
        ),
        # 02:30 comes twice: the event starts the first time, or ends the second time.
        ({"date": "2025-10-26", "start_time": "02:30"}, ("2025-10-26T02:30:00+02:00", None)),
        ({"date": "2025-10-26", "end_time": "02:30"}, ("2025-10-26", "2025-10-26T02:30:00+01:00")),
        # 02:30 is leapt over in March.
        (
            {"date": "2025-03-30", "start_time": "02:30", "end_time": "03:00"},
            ("2025-03-30T03:30:00+02:00", "2025-03-30T03:30:00+02:00"),
        ),
        ({"date": "2025-11-14", "timezone": "Asia/Seoul", "start_time": "09:00"}, ("2025-11-14T09:00:00+09:00", None)),
        ({"date": "2025-11-14/2025-11-15", "start_time": "09:00"}, ("2025-11-14T09:00:00+01:00", "2025-11-15")),
        ({"date": "2025-11-14"}, ("2025-11-14", "2025-11-14")),
    ],
)
def test_moments_carry_the_offset_that_the_place_has_then(fields, expected):
    data = data_of(make_event(**fields))

    assert (data["startDate"], data.get("endDate")) == expected


@pytest.mark.parametrize("date", ["2025-11", "2025-23", "2025-36", "2025", "199X", "XXXX", "2025-11-14~", "2025/2027"])
def test_an_event_whose_days_are_not_known_says_nothing(date):
    assert data_of(make_event(date=date)) is None


def test_a_deadline_is_nothing_that_one_attends():
    assert data_of(make_event(kind="deadline")) is None


@pytest.mark.parametrize(
    ("status", "said"),
    [("confirmed", "EventScheduled"), ("postponed", "EventPostponed"), ("cancelled", "EventCancelled")],
)
def test_what_is_off_is_said_to_machines_and_to_people(client, status, said):
    event = make_event(status=status)
    mark = {"confirmed": 0, "postponed": 1, "cancelled": 1}[status]
    word = status.capitalize()

    page = client.get(event.get_absolute_url()).content.decode()
    main, beside = page.split('<aside class="page-aside')
    home = client.get("/en/").content.decode()

    assert data_of(event)["eventStatus"] == f"https://schema.org/{said}"
    assert len(re.findall(rf'<p class="notice[^"]*"><strong>{word}</strong></p>', main)) == mark
    card = f'<strong class="mark mark-{status}">{word}</strong>'
    assert (beside.count(card), home.count(card)) == (mark, mark)


@pytest.mark.parametrize(
    ("fields", "attendance", "location"),
    [
        ({"mode": "online", "place": "Online"}, "Online", "VirtualLocation"),
        ({"kind": "online"}, "Online", "VirtualLocation"),
        ({"mode": "hybrid"}, "Mixed", "VirtualLocation"),
        ({"mode": "in_person", "place": "San Justo", "country": "AR"}, "Offline", "Place"),
        ({"mode": "in_person"}, "Offline", None),
        ({"mode": "member_cities"}, None, None),
        ({"country": "AR"}, None, "Place"),
    ],
)
def test_where_one_goes_is_said_as_far_as_it_is_known(fields, attendance, location):
    data = data_of(make_event(**fields))

    expected = attendance and f"https://schema.org/{attendance}EventAttendanceMode"
    assert (data.get("eventAttendanceMode"), (data.get("location") or {}).get("@type")) == (expected, location)


def test_what_is_online_without_an_address_of_its_own_is_at_the_page():
    location = data_of(make_event(mode="online"))["location"]

    assert location == {"@type": "VirtualLocation", "url": AROUND.url}


@pytest.mark.parametrize("fields", [{"kind": "other"}, {"network": "draft"}])
def test_nobody_is_named_who_may_not_be_the_organizer(fields):
    if "network" in fields:
        fields = {"network": make_network(state=State.DRAFT)}

    assert "organizer" not in data_of(make_event(**fields))


def test_an_event_of_a_congress_is_part_of_it_and_the_congress_is_its_edition():
    edition = make_edition(title_en="Congress of Granollers")
    url = f"https://iaec.example{edition.get_absolute_url()}"

    part = data_of(make_event(kind="assembly", edition=edition))
    whole = data_of(make_event(kind="congress", edition=edition))
    of_an_award = data_of(make_event(kind="other", edition=make_edition(series=make_series(key="award"))))
    hidden = data_of(make_event(kind="assembly", edition=make_edition(state=State.DRAFT)))

    assert part["superEvent"] == {"@type": "Event", "name": "Congress of Granollers", "inLanguage": "en", "url": url}
    assert (whole["sameAs"], "superEvent" in whole) == (url, False)
    for data in (of_an_award, hidden):
        assert {"superEvent", "sameAs"} & data.keys() == set()


def test_texts_are_in_the_language_that_is_said():
    event = make_event(
        source_language="es", title_en=None, title_es="Encuentro", summary_es="Dos días.", summary_en="Two days."
    )
    half = make_event(title_en="Meeting", title_fr="Rencontre", summary_en="Two days.")

    found = []
    for item, language in ((event, "fr"), (event, "es"), (half, "fr")):
        with override(language):
            data = data_of(item)
        found.append((data["name"], data["inLanguage"], data.get("description")))

    assert found == [
        ("Encuentro", "es", "Dos días."),
        ("Encuentro", "es", "Dos días."),
        ("Rencontre", "fr", None),
    ]
