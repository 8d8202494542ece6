"""Whatever is chosen and whenever it is asked for, the list, the sidebar, the home page and the feeds agree."""

import json
import random
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
import time_machine
from django.core.cache import cache

from agenda.feeds import CANCELLED_STAYS
from agenda.models import Event
from agenda.templatetags.agenda_tags import agenda_sidebar
from tests.agenda.calendar_readers import read_by_icalendar
from tests.factories import make_city, make_event, make_network

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
DATES = (
    "2026-06-14",
    "2026-06-15",
    "2026-06-14/2026-06-16",
    "2026-05-30",
    "2026-05-01",
    "2026-06",
    "2026-22",
    "2026-23",
    "2026-33",
    "2026~",
    "2025-24",
    "2027",
    "2025/2027",
    "202X",
    "XXXX",
    "2026-12-31/2027-01-01",
    "2028-02-29",
)


def ids_in(feed, octets):
    if feed == "ics":
        return [event["uid"] for event in read_by_icalendar(octets)]
    if feed == "atom":
        return [entry.id.removeprefix("urn:uuid:") for entry in feedparser.parse(octets).entries]
    return [item["id"].removeprefix("urn:uuid:") for item in json.loads(octets)["items"]]


@pytest.mark.parametrize("seed", range(6))
def test_any_choice_is_the_same_on_the_page_and_in_every_feed(client, seed):
    luck = random.Random(seed)
    with time_machine.travel(NOW, tick=False):
        networks = [make_network(slug_en=f"network-{number}") for number in range(2)]
        cities = [
            make_city(timezone="Europe/Rome", country="IT"),
            make_city(timezone="America/Argentina/Buenos_Aires", country="AR", latitude=-34.8),
            None,
        ]
        for _ in range(20):
            make_event(
                date=luck.choice(DATES),
                kind=luck.choice(["meeting", "congress", "deadline", "training"]),
                mode=luck.choice(["in_person", "online", "hybrid", "member_cities"]),
                status=luck.choice(["confirmed", "confirmed", "postponed", "cancelled"]),
                state=luck.choice(["published", "published", "published", "draft"]),
                network=luck.choice([*networks, None]),
                city=luck.choice(cities),
            )
        events = {str(event.uid): event for event in Event.objects.published()}

        for _ in range(8):
            query = {
                "kind": luck.sample(["meeting", "congress", "deadline"], luck.choice([0, 0, 1, 2])),
                "mode": luck.sample(["in_person", "online", "hybrid"], luck.choice([0, 0, 0, 1])),
                "network": luck.choice(["", "", "network-0", "network-1"]),
                "country": luck.choice(["", "", "", "IT", "AR"]),
                "year": luck.choice(["", "", "2025", "2026", "2027"]),
                "when": luck.choice(["", "coming", "past", "all"]),
            }
            page = client.get("/en/agenda/", query)
            shown = [str(Event.objects.get(pk=event.pk).uid) for event in page.context["page"]]

            assert ids_in("atom", client.get("/en/agenda.atom", query).content) == shown
            assert ids_in("json", client.get("/en/agenda.json", query).content) == shown
            dated = {uid for uid in shown if events[uid].earliest}
            calendar = set(ids_in("ics", client.get("/en/agenda.ics", query | {"tentative": "1"}).content))
            told_of = calendar - dated  # cancelled ones whose end is not long past, in what is coming only
            assert dated <= calendar
            assert [uid for uid in told_of if not _is_to_be_told(events[uid])] == []
            assert not told_of or page.context["selection"].when == "coming"
            exact = {uid for uid in calendar if events[uid].vagueness == 0}
            assert set(ids_in("ics", client.get("/en/agenda.ics", query).content)) == exact


def _is_to_be_told(event):
    return event.status == "cancelled" and NOW - CANCELLED_STAYS < event.ends_at <= NOW


# date, zone, latitude, the moment at which it is over
ENDS = [
    ("2025-23", "Europe/Rome", 45.0, "2025-11-30T23:00:00Z"),  # Torino's autumn, till 1 December there
    ("2025-23", "America/Argentina/Buenos_Aires", -34.7, "2025-06-01T03:00:00Z"),  # San Justo's, till 1 June
    ("2025-24", "Europe/Rome", 45.0, "2026-02-28T23:00:00Z"),
    ("2025-22", "America/Argentina/Buenos_Aires", -34.7, "2026-03-01T03:00:00Z"),
    ("2027-24", "Europe/Rome", 45.0, "2028-02-29T23:00:00Z"),  # a leap year's winter
    ("2026-03-29", "Europe/Madrid", 40.0, "2026-03-29T22:00:00Z"),  # a day of 23 hours
    ("2026-10-25", "Europe/Madrid", 40.0, "2026-10-25T23:00:00Z"),  # of 25
    ("2026-04-04", "America/Santiago", -33.0, "2026-04-05T04:00:00Z"),  # put back at midnight
    ("2026-09-05", "America/Santiago", -33.0, "2026-09-06T04:00:00Z"),  # put forward at midnight
    ("2026-04-05", "Australia/Lord_Howe", -31.0, "2026-04-05T13:30:00Z"),  # by half an hour
    ("2028-02-29", "Asia/Kathmandu", 27.0, "2028-02-29T18:15:00Z"),
    ("2025", "Pacific/Apia", -13.0, "2025-12-31T11:00:00Z"),
    ("2025", "Pacific/Honolulu", 21.0, "2026-01-01T10:00:00Z"),
    ("2025-12-31", "Europe/London", 51.0, "2026-01-01T00:00:00Z"),
    ("2025-36", "Europe/Istanbul", 41.0, "2025-12-31T21:00:00Z"),
]


@pytest.mark.parametrize(("date", "zone", "latitude", "end"), ENDS)
def test_an_event_leaves_every_place_at_one_moment(client, date, zone, latitude, end):
    end = datetime.fromisoformat(end)
    with time_machine.travel(end - timedelta(days=1), tick=False):
        event = make_event(title_en="Gathering", date=date, city=make_city(timezone=zone, latitude=latitude))
        # Enough ahead for the sidebar to show no past ones.
        for number in range(6):
            make_event(title_en=f"Later {number}", date="2040-01-01")

    places = {}
    for moment in (end - timedelta(seconds=1), end):
        with time_machine.travel(moment, tick=False):
            cache.clear()
            places[moment] = {
                "list": event in client.get("/en/agenda/").context["page"].object_list,
                "past": event in client.get("/en/agenda/?when=past").context["page"].object_list,
                "atom": str(event.uid) in ids_in("atom", client.get("/en/agenda.atom").content),
                "json": str(event.uid) in ids_in("json", client.get("/en/agenda.json").content),
                "ics": str(event.uid) in ids_in("ics", client.get("/en/agenda.ics?tentative=1").content),
                "home": "Gathering" in client.get("/en/").content.decode(),
                "sidebar": event in agenda_sidebar()["coming"],
            }

    coming = dict.fromkeys(("list", "atom", "json", "ics", "home", "sidebar"), True) | {"past": False}
    assert list(places.values()) == [coming, {place: not shown for place, shown in coming.items()}]
