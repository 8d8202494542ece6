"""Every feed is its page in another form: the same events, the same words, and no more of either than may be seen."""

import json
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from agenda.feeds import MOST_IN_CALENDAR, MOST_IN_FEED
from agenda.models import Event
from publishing.models import State
from tests.agenda.calendar_readers import read_by_icalendar
from tests.factories import make_city, make_event, make_network, make_site_identity

pytestmark = pytest.mark.django_db

NOW = "2026-06-15T10:00:00Z"
FORMATS = {
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def ids_in(form, octets):
    if form == "ics":
        return [event["uid"] for event in read_by_icalendar(octets)]
    if form == "atom":
        return [entry.id.removeprefix("urn:uuid:") for entry in feedparser.parse(octets).entries]
    return [item["id"].removeprefix("urn:uuid:") for item in json.loads(octets)["items"]]


def ids(client, form, query=""):
    return ids_in(form, client.get(f"/en/agenda.{form}?{query}").content)


def ids_on_pages(client, query):
    found, number = [], 1
    while True:
        page = client.get(f"/en/agenda/?{query}&page={number}").context["page"]
        found += [str(Event.objects.get(pk=event.pk).uid) for event in page]
        if not page.has_next():
            return found
        number += 1


@pytest.fixture
def events(clock):
    network = make_network(slug_en="lab", slug_es="laboratorio")
    torino = make_city(name="Torino", country="IT", timezone="Europe/Rome")
    for number in range(25):
        make_event(date=f"2026-07-{number + 1:02}", kind="meeting", network=network if number % 2 else None)
    make_event(date="2026-09-30", kind="deadline", country="ES")
    make_event(date="2026-23", kind="congress", city=torino)
    make_event(date="2027", kind="deadline", network=network)
    make_event(date="2026-02-03", kind="meeting", city=torino, mode="online")
    make_event(date="2025-02", kind="training", status="cancelled")
    make_event(date="2026-10-01", kind="meeting", state=State.DRAFT)
    make_event(date="2026-10-02", kind="meeting", publish_at=datetime(2026, 6, 16, tzinfo=UTC))


@pytest.mark.parametrize(
    "query",
    [
        *(
            "",
            "when=past",
            "when=all",
            "year=2026",
            "year=2026&when=coming",
            "kind=deadline",
            "kind=deadline&kind=congress",
        ),
        *(
            "network=lab",
            "network=laboratorio&kind=meeting",
            "country=IT&when=all",
            "mode=online&when=past",
            "year=1999",
        ),
    ],
)
def test_a_choice_is_the_same_on_its_pages_and_in_every_feed(client, events, query):
    shown = ids_on_pages(client, query)

    assert ids(client, "atom", query) == ids(client, "json", query) == shown
    assert sorted(ids(client, "ics", f"{query}&tentative=1")) == sorted(shown)
    exact = {str(uid) for uid in Event.objects.filter(vagueness=0).values_list("uid", flat=True)}
    assert sorted(ids(client, "ics", query)) == sorted(exact & set(shown))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("query", ["kind=party", "network=nobody", "year=20266", "country=XX", "when=tomorrow"])
def test_a_choice_that_names_nothing_has_no_feed(client, form, query):
    assert client.get(f"/en/agenda.{form}?{query}").status_code == 404


def test_vague_dates_come_only_when_asked_for_and_those_to_be_announced_never(client, clock):
    exact, vague, _never = make_event(), make_event(date="2030"), make_event(date="XXXX")

    assert ids(client, "ics") == ids(client, "ics", "tentative=0") == [str(exact.uid)]
    assert ids(client, "ics", "tentative=1") == [str(vague.uid), str(exact.uid)]
    assert client.get("/en/agenda.ics?tentative=perhaps").status_code == 404


def test_a_cancelled_event_stays_in_the_calendar_for_a_month(client, clock):
    network = make_network()
    cancelled = make_event(date="2026-06-01", status="cancelled", network=network)
    make_event(date="2026-06-01", network=network)
    make_event(date="2026-05-01", status="cancelled")
    make_event(date="2026-06-01", status="cancelled", kind="training")

    assert ids(client, "ics", "kind=meeting") == [str(cancelled.uid)]
    assert ids(client, "atom", "kind=meeting") == []
    clock.move_to(datetime(2026, 7, 1, 21, 59, tzinfo=UTC))  # its day ended on the second at 00:00 in Madrid
    assert ids(client, "ics", "kind=meeting") == [str(cancelled.uid)]
    clock.move_to(datetime(2026, 7, 1, 22, 1, tzinfo=UTC))
    assert ids(client, "ics", "kind=meeting") == []


def test_a_feed_ends_somewhere(client, clock):
    Event.objects.bulk_create(
        Event(
            title_en=f"Event {number}",
            date=f"{2027 + number // 300}-{number // 25 % 12 + 1:02}-{number % 25 + 1:02}",
            state="published",
            **{f"slug_{code}": f"event-{number}" for code in ("en", "es", "fr", "ca", "pt")},
        )
        for number in range(MOST_IN_CALENDAR + 20)
    )
    in_order = [str(uid) for uid in Event.objects.in_order().values_list("uid", flat=True)]

    assert ids(client, "ics") == in_order[:MOST_IN_CALENDAR]
    assert sorted(ids(client, "ics", "when=all")) == sorted(in_order[-MOST_IN_CALENDAR:])
    assert ids(client, "atom") == ids(client, "json") == in_order[:MOST_IN_FEED]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("count", [1, 10])
def test_a_feed_needs_the_same_queries_for_any_number(client, django_assert_num_queries, form, count):
    network = make_network()
    for _ in range(count):
        make_event(city=make_city(), network=network, theme_en="Theme", date="2030-23")

    with django_assert_num_queries(3):  # network, events, the site's name
        response = client.get(f"/en/agenda.{form}", {"network": network.slug_en, "tentative": "1"})

    assert len(ids_in(form, response.content)) == count


@pytest.mark.parametrize("count", [1, 10])
def test_calendars_of_one_item_need_the_same_queries_for_any_number(client, django_assert_num_queries, count):
    network = make_network()
    for _ in range(count):
        event = make_event(city=make_city(), network=network)

    with django_assert_num_queries(3):  # network, events, the site's name
        client.get(f"/en/networks/{network.slug_en}.ics")
    with django_assert_num_queries(3):  # event, its texts and place, the site's name
        client.get(f"/en/agenda/{event.slug_en}.ics")


@pytest.mark.parametrize("language", ["en", "es", "fr", "ca", "pt"])
def test_feeds_have_an_address_in_each_language(client, language):
    network, event = make_network(), make_event()
    with override(language):
        addresses = [
            *(reverse(f"agenda:{name}") for name in ("event_calendar", "event_atom_feed", "event_json_feed")),
            reverse("agenda:event_file", kwargs={"slug": event.slug}),
            reverse("agenda:network_calendar", kwargs={"slug": network.slug}),
        ]
        page = network.get_absolute_url()

    assert addresses[:3] == [f"/{language}/agenda.{form}" for form in FORMATS]
    assert addresses[4] == f"{page.rstrip('/')}.ics"
    answers = [client.get(address) for address in addresses]
    assert [(answer.status_code, answer.headers["Content-Language"]) for answer in answers] == [(200, language)] * 5


def test_an_item_that_moved_takes_its_calendar_along(client):
    event, network = make_event(slug_en="old", slug_es="encuentro"), make_network(slug_en="lab", slug_es="taller")
    event.slug_en, network.slug_en = "new", "workshop"
    event.save()
    network.save()

    moved = {
        "/en/agenda/old.ics": "/en/agenda/new.ics",
        "/en/agenda/encuentro.ics": "/en/agenda/new.ics",
        "/en/networks/lab.ics": "/en/networks/workshop.ics",
        "/en/networks/lab.ics?tentative=1": "/en/networks/workshop.ics?tentative=1",
        "/es/redes/workshop.ics": "/es/redes/taller.ics",
    }
    answers = {address: client.get(address) for address in moved}
    assert {address: (answer.status_code, answer.url) for address, answer in answers.items()} == {
        address: (301, to) for address, to in moved.items()
    }
    assert client.get("/en/agenda.ics?network=lab").status_code == 200


def test_what_nobody_may_see_has_no_calendar(client):
    event, network = make_event(state=State.DRAFT), make_network(state=State.DRAFT)

    assert client.get(f"/en/agenda/{event.slug_en}.ics").status_code == 404
    assert client.get(f"/en/networks/{network.slug_en}.ics").status_code == 404
    assert client.get(f"/en/agenda.ics?network={network.slug_en}").status_code == 404
    assert client.get("/en/agenda/never-heard-of.ics").status_code == 404


def test_the_calendar_of_one_event_is_a_file_and_has_it_with_a_vague_date_too(client):
    event = make_event(date="2030-23", title_en="Meeting")

    response = client.get(f"/en/agenda/{event.slug_en}.ics")

    assert response.headers["Content-Disposition"] == f'attachment; filename="{event.slug_en}.ics"'
    assert ids_in("ics", response.content) == [str(event.uid)]


def test_a_calendar_says_whose_it_is_and_where_it_comes_from(client):
    make_site_identity(acronym_es="AICE", name_es="Asociación", acronym_en="IAEC", name_en="Association")
    network = make_network(slug_es="laboratorio", slug_en="lab", official_name="Rete; prova")

    lines = client.get("/es/agenda.ics?network=lab&tentative=1").content.decode().replace("\r\n ", "").split("\r\n")

    assert {"X-WR-CALNAME:Agenda: Rete\\; prova · AICE", "NAME;LANGUAGE=es:Agenda: Rete\\; prova · AICE"} <= set(lines)
    assert "SOURCE;VALUE=URI:http://testserver/es/agenda.ics?network=laboratorio&tentative=1" in lines
    assert "URL:http://testserver/es/agenda/?network=laboratorio" in lines
    of_network = client.get("/es/redes/laboratorio.ics").content.decode()
    assert f"URL:http://testserver/es/redes/{network.slug_es}/\r\n" in of_network


def test_empty_feeds_can_be_read_and_are_always_the_same(client, clock):
    first = {form: client.get(f"/en/agenda.{form}") for form in FORMATS}
    clock.shift(timedelta(hours=1))

    assert {form: client.get(f"/en/agenda.{form}").content for form in FORMATS} == {
        form: response.content for form, response in first.items()
    }
    assert [ids_in(form, response.content) for form, response in first.items()] == [[], [], []]
    assert not feedparser.parse(first["atom"].content).bozo
