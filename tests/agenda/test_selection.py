"""One choice of events: what an address says, which events that means, and how the address is written again."""

from datetime import UTC, datetime

import pytest
from django.http import Http404, QueryDict
from django.utils.translation import override

from agenda.models import Event
from agenda.selection import EventSelection, When, read_selection
from publishing.models import State
from tests.factories import make_city, make_event, make_network

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


def titles(query, at=NOW):
    return [event.title_en for event in read_selection(QueryDict(query)).events(at)]


@pytest.fixture
def network():
    return make_network(name_en="Learning lab", name_es="Laboratorio", slug_en="lab", slug_es="laboratorio")


@pytest.fixture
def events(network):
    torino = make_city(name="Torino", country="IT", timezone="Europe/Rome")
    for title, fields in {
        "past meeting": {"date": "2026-03-01", "kind": "meeting", "mode": "in_person", "city": torino},
        "past course": {"date": "2026-02", "kind": "training", "mode": "online", "network": network},
        "deadline": {"date": "2026-09-30", "kind": "deadline", "country": "ES"},
        "online meeting": {"date": "2026-10-01", "kind": "meeting", "mode": "online", "network": network},
        "meeting next year": {"date": "2027-23", "kind": "meeting", "mode": "hybrid", "city": torino},
        "some day": {"date": "XXXX", "kind": "meeting", "mode": "in_person", "network": network},
        "draft": {"date": "2026-10-01", "kind": "meeting", "mode": "online", "state": State.DRAFT},
    }.items():
        make_event(title_en=title, **fields)


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("", ["deadline", "online meeting", "meeting next year", "some day"]),
        ("kind=&network=&country=&year=&mode=&when=", ["deadline", "online meeting", "meeting next year", "some day"]),
        ("utm_source=letter&page=3", ["deadline", "online meeting", "meeting next year", "some day"]),
        ("when=past", ["past meeting", "past course"]),
        ("when=all&kind=meeting", ["past meeting", "online meeting", "meeting next year", "some day"]),
        ("year=2026", ["past course", "past meeting", "deadline", "online meeting"]),
        ("year=2026&when=coming", ["deadline", "online meeting"]),
        ("year=2026&when=past", ["past meeting", "past course"]),
        ("kind=deadline", ["deadline"]),
        ("kind=deadline&kind=training&when=all", ["past course", "deadline"]),
        ("mode=online&mode=hybrid", ["online meeting", "meeting next year"]),
        ("network=lab", ["online meeting", "some day"]),
        ("network=laboratorio&mode=online", ["online meeting"]),
        ("country=IT", ["meeting next year"]),
        ("country=IT&when=past&kind=meeting&mode=in_person&year=2026", ["past meeting"]),
        ("country=PT", []),
        ("year=1999", []),
    ],
)
def test_a_choice_means_these_events_in_this_order(events, query, chosen):
    assert titles(query) == chosen


@pytest.mark.parametrize(
    "query",
    [
        "kind=party",
        "kind=meeting&kind=party",
        "mode=by-carrier-pigeon",
        "network=nobody",
        "network=%C3%A9",
        "network=" + "a" * 500,
        "country=XX",
        "country=it",
        "country=Italy",
        "year=26",
        "year=20266",
        "year=3000",
        "year=-2026",
        "year=٢٠٢٦",
        "when=tomorrow",
    ],
)
def test_a_value_that_names_nothing_is_no_page(client, query):
    with pytest.raises(Http404):
        read_selection(QueryDict(query))
    assert client.get(f"/en/agenda/?{query}").status_code == 404


def test_a_network_that_nobody_may_see_is_no_choice():
    make_network(slug_en="secret", state=State.DRAFT)

    with pytest.raises(Http404):
        read_selection(QueryDict("network=secret"))


def test_a_network_keeps_its_choice_when_its_address_changes(events, network):
    network.slug_en = "workshop"
    network.save()

    assert titles("network=lab") == titles("network=workshop") == ["online meeting", "some day"]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("", {}),
        ("when=coming", {}),
        ("year=2026&when=all", {"year": 2026}),
        ("year=2026&when=coming", {"when": "coming", "year": 2026}),
        ("kind=training&kind=meeting&kind=training", {"kind": ["meeting", "training"]}),
        ("network=laboratorio&country=IT", {"network": "lab", "country": "IT"}),
    ],
)
def test_a_choice_has_one_spelling(network, written, canonical):
    assert read_selection(QueryDict(written)).query() == canonical


def test_the_same_choice_has_an_address_in_each_language(network):
    selection = read_selection(QueryDict("network=lab"))

    assert (selection.query("en"), selection.query("es")) == ({"network": "lab"}, {"network": "laboratorio"})


def test_language_links_and_canonical_address_carry_the_choice(client, network):
    make_event(network=network)

    response = client.get("/es/agenda/?utm_source=x&network=lab&kind=meeting")

    html = response.content.decode()
    assert '<link rel="canonical" href="http://testserver/es/agenda/?kind=meeting&amp;network=laboratorio">' in html
    assert 'href="/en/agenda/?kind=meeting&amp;network=lab"' in html


def test_a_choice_says_itself_in_words(network):
    selection = EventSelection(kinds=("deadline",), network=network, country="IT", year=2026, when=When.COMING)

    assert selection.title == f"Agenda: Deadline, {network.official_name}, Italy, 2026, coming"
    with override("es"):
        assert selection.words[2] == "Italia"


def test_events_are_the_same_whether_the_choice_is_read_or_made(events, network):
    made = EventSelection(network=network).events(NOW)

    assert list(made) == list(Event.objects.filter(network=network, ends_at__gt=NOW, state="published").in_order())
