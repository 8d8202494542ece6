"""The agenda as a list: what can be chosen, what is chosen, and what a reader sees of it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from agenda.models import Event
from publishing.models import State
from tests.factories import make_city, make_event, make_network

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def network():
    return make_network(official_name="Zona Norte", slug_en="north", slug_es="norte")


def page_at(client, query="", path="/en/agenda/"):
    return client.get(f"{path}{query}")


def html_of(response):
    return response.content.decode()


def options(response, name):
    """[(value, label), …] of a select, without the first: "all"."""
    html = html_of(response)
    found = re.search(rf'<select[^>]* name="{name}">(.*?)</select>', html, re.DOTALL)
    return re.findall(r'<option value="([^"]+)"[^>]*>(.*?)</option>', found[1]) if found else []


def boxes(response, name):
    return re.findall(rf'<input type="checkbox" name="{name}" value="(\w+)"( checked)?>', html_of(response))


def chips(response):
    """[(label, address), …]"""
    found = re.findall(r'<a class="chip" href="([^"]+)">.*?</span> <span[^>]*>(.*?)</span>', html_of(response))
    return [(label, unescape(address)) for address, label in found]


def tabs(response):
    found = re.findall(r'<a class="tab" href="([^"]+)"( aria-current="page")?>(\w+)</a>', html_of(response))
    return [(label, unescape(address), bool(current)) for address, current, label in found]


def titles(response):
    return [event.title_en for group in response.context["groups"] for event in group.events]


def headings(response):
    return [(group.heading, len(group.events)) for group in response.context["groups"]]


def is_noindex(response):
    return '<meta name="robots" content="noindex">' in html_of(response)


def test_only_what_published_events_have_can_be_chosen(client, network):
    other = make_network(official_name="Área Sur")
    make_network(official_name="Without events")
    hidden = make_network(official_name="Nobody sees it", state=State.DRAFT)
    make_event(kind="deadline", mode="online", country="AT", network=network, date="2026-09-01")
    make_event(kind="meeting", mode="", country="ES", network=other, date="2020-09-01")
    make_event(kind="meeting", mode="online", country="EG", network=hidden, date="2027-24")
    unseen = {"kind": "congress", "mode": "hybrid", "country": "FR", "date": "2031-01-01"}
    make_event(**unseen, state=State.DRAFT)
    make_event(**unseen, publish_at=NOW + timedelta(days=1))
    make_event(**unseen, withdraw_at=NOW - timedelta(days=1))

    english, french = page_at(client), page_at(client, path="/fr/agenda/")

    assert boxes(english, "kind") == [("meeting", ""), ("deadline", "")]
    assert boxes(english, "mode") == [("online", "")]
    assert options(english, "network") == [(other.slug_en, "Área Sur"), ("north", "Zona Norte")]
    assert options(english, "country") == [("AT", "Austria"), ("EG", "Egypt"), ("ES", "Spain")]
    assert options(french, "country") == [("AT", "Autriche"), ("EG", "Égypte"), ("ES", "Espagne")]
    assert options(english, "year") == [(year, year) for year in ("2028", "2027", "2026", "2020")]


def test_a_choice_stays_in_the_form_even_where_no_event_has_it(client, network):
    make_event(kind="meeting", date="2026-09-01")

    response = page_at(client, "?kind=congress&mode=hybrid&network=norte&country=PT&year=1999&when=past")

    assert boxes(response, "kind") == [("meeting", ""), ("congress", " checked")]
    assert boxes(response, "mode") == [("hybrid", " checked")]
    assert options(response, "network") == [("north", "Zona Norte")]
    assert re.findall(r'<option value="([^"]+)"[^>]* selected>', html_of(response)) == ["north", "PT", "1999"]
    assert '<input type="hidden" name="when" value="past">' in html_of(response)


def test_a_form_sent_with_empty_fields_is_the_same_page(client):
    make_event(date="2026-09-01", kind="deadline")

    response = page_at(client, "?kind=deadline&network=&country=&year=")

    canonical = re.search(r'<link rel="canonical" href="http://testserver([^"]+)">', html_of(response))[1]
    assert (canonical, titles(response)) == ("/en/agenda/?kind=deadline", [Event.objects.get().title_en])


def test_each_part_of_a_choice_can_be_dropped_alone(client, network):
    response = page_at(client, "?kind=meeting&kind=deadline&network=north&country=IT&year=2026")

    assert chips(response) == [
        ("Meeting", "/en/agenda/?kind=deadline&network=north&country=IT&year=2026"),
        ("Deadline", "/en/agenda/?kind=meeting&network=north&country=IT&year=2026"),
        ("Zona Norte", "/en/agenda/?kind=meeting&kind=deadline&country=IT&year=2026"),
        ("Italy", "/en/agenda/?kind=meeting&kind=deadline&network=north&year=2026"),
        ("2026", "/en/agenda/?kind=meeting&kind=deadline&network=north&country=IT"),
    ]
    assert '<a class="chips-clear" href="/en/agenda/">' in html_of(response)


def test_what_is_dropped_leaves_coming_or_past_as_it_was_asked_for(client):
    response = page_at(client, "?when=past&mode=online&year=2025")

    assert chips(response) == [
        ("online", "/en/agenda/?when=past&year=2025"),
        ("2025", "/en/agenda/?when=past&mode=online"),
    ]
    assert '<a class="chips-clear" href="/en/agenda/?when=past">' in html_of(response)


def test_coming_past_and_all_keep_the_other_choices(client):
    assert tabs(page_at(client, "?kind=deadline&page=2")) == [
        ("Coming", "/en/agenda/?kind=deadline", True),
        ("Past", "/en/agenda/?when=past&kind=deadline", False),
        ("All", "/en/agenda/?when=all&kind=deadline", False),
    ]
    assert tabs(page_at(client, "?year=2026")) == [
        ("Coming", "/en/agenda/?when=coming&year=2026", False),
        ("Past", "/en/agenda/?when=past&year=2026", False),
        ("All", "/en/agenda/?year=2026", True),
    ]


@pytest.mark.parametrize(("count", "said"), [(1, "1 event"), (2, "2 events"), (21, "21 events")])
def test_the_list_says_how_many_events_it_has(client, count, said):
    for _ in range(count):
        make_event(date="2026-09-01")
    make_event(date="2020-09-01")

    assert re.search(r'<p class="agenda-count">(.*?)</p>', html_of(page_at(client)))[1] == said


def test_the_pages_of_a_choice_keep_it(client, network):
    for day in range(1, 26):
        make_event(date=f"2026-09-{day:02d}", kind="deadline", network=network, title_en=f"Day {day}")
        make_event(date=f"2026-09-{day:02d}")

    response = page_at(client, "?kind=deadline&network=north&page=2")

    assert titles(response) == [f"Day {day}" for day in range(21, 26)]
    links = re.findall(r'<a class="page-link"[^>]* href="([^"]+)"', html_of(response))
    assert links == ["/en/agenda/?kind=deadline&amp;network=north"] * 2


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        (
            "?kind=deadline&kind=congress&country=IT",
            [
                ("Congress, Deadline", "/en/agenda/?country=IT", 1),
                ("Italy", "/en/agenda/?kind=congress&kind=deadline", 2),
                ("coming", "/en/agenda/?when=all&kind=congress&kind=deadline&country=IT", 1),
            ],
        ),
        ("?year=1999&country=IT", [("1999", "/en/agenda/?country=IT", 1)]),
        ("?year=1999&country=PT", []),
    ],
)
def test_an_empty_list_says_which_part_of_the_choice_leads_to_nothing(client, query, ways):
    make_event(date="2026-09-01", kind="meeting", country="IT")
    make_event(date="2026-09-01", kind="deadline", country="ES")
    make_event(date="2026-10-01", kind="congress", country="ES")
    make_event(date="2020-10-01", kind="deadline", country="IT")

    response = page_at(client, query)

    shown = [(way.label, way.address, way.count) for way in response.context["filter"].ways_out]
    assert shown == ways
    assert html_of(response).count('<li><a href="/en/agenda/?') >= len(ways)
    assert ("No event fits all of this." in html_of(response), is_noindex(response)) == (True, True)


def test_an_agenda_without_plans_offers_what_was(client):
    make_event(date="2020-09-01")

    response = page_at(client)

    assert [(way.label, way.address, way.count) for way in response.context["filter"].ways_out] == [
        ("coming", "/en/agenda/?when=all", 1)
    ]
    assert ("No events are planned yet." in html_of(response), is_noindex(response)) == (True, False)


@pytest.mark.parametrize(
    ("query", "noindex"),
    [
        ("", False),
        ("?year=2026", False),
        ("?kind=deadline", False),
        ("?network=north", False),
        ("?country=ES", False),
        ("?when=past", False),
        ("?kind=deadline&kind=meeting", True),
        ("?kind=deadline&country=ES", True),
        ("?country=ES&when=past", True),
        ("?year=2001", True),
    ],
)
def test_search_engines_keep_simple_choices_only(client, network, query, noindex):
    make_event(date="2026-09-01", kind="deadline", country="ES", network=network)
    make_event(date="2026-01-01", country="ES")

    assert is_noindex(page_at(client, query)) is noindex


def test_the_heading_says_the_choice(client):
    html = html_of(page_at(client, "?kind=deadline&country=IT"))

    assert re.search("<h1>(.*?)</h1>", html)[1] == "Agenda: Deadline, Italy"
    assert re.search("<title>(.*?) · ", html)[1] == "Agenda: Deadline, Italy"


def test_coming_events_stand_under_the_months_in_which_they_begin(client):
    for date in (
        *("2026-04-01/2026-07-31", "2026-06-15", "2026-06-30/2026-07-02", "2026-07", "2026-09-03", "2026-09-01"),
        *("2026-23", "2026-35", "2026", "2026-09/2026-11", "2027-24", "2026-09-20~", "XXXX"),
    ):
        make_event(date=date)

    assert headings(page_at(client)) == [
        ("Under way", 1),
        ("2026", 1),
        ("June 2026", 2),
        ("July 2026", 1),
        ("3rd quarter of 2026", 1),
        ("September 2026", 3),
        ("September–November 2026", 1),
        ("Autumn 2026", 1),
        ("Winter 2027–2028", 1),
        ("Date to be announced", 1),
    ]


def test_past_events_stand_under_the_months_in_which_they_ended(client):
    for date in ("2026-05-30/2026-06-02", "2026-06-01", "2026-05-30", "2025-23"):
        make_event(date=date)

    assert headings(page_at(client, "?when=past")) == [("June 2026", 2), ("May 2026", 1), ("Autumn 2025", 1)]


def test_seasons_of_both_halves_of_the_earth_have_headings_of_their_own(client):
    make_event(date="2027-23", city=make_city(latitude=-34.6))
    make_event(date="2027-23", city=make_city())

    response = page_at(client)

    assert [(group.heading, group.months) for group in response.context["groups"]] == [
        ("Autumn 2027", "Mar–May"),
        ("Autumn 2027", "Sep–Nov"),
    ]


@pytest.mark.parametrize(
    ("moment", "coming", "past"),
    [
        ("2025-11-30T23:59:59+01:00", ["Autumn in Torino"], []),
        ("2025-12-01T00:00:00+01:00", [], ["Autumn in Torino"]),
    ],
)
def test_an_autumn_in_torino_is_past_when_it_is_december_there(client, time_machine, moment, coming, past):
    torino = make_city(name="Torino", country="IT", timezone="Europe/Rome")
    make_event(title_en="Autumn in Torino", date="2025-23", city=torino)
    time_machine.move_to(datetime.fromisoformat(moment), tick=False)

    assert (titles(page_at(client)), titles(page_at(client, "?when=past"))) == (coming, past)


@pytest.mark.parametrize(("hour", "heading"), [(14, "June 2026"), (16, "Under way")])
def test_an_event_is_under_way_from_the_second_of_its_days_where_it_is_held(client, time_machine, hour, heading):
    """It is midnight in Seoul at 15:00 UTC."""
    make_event(date="2026-06-20/2026-06-25", timezone="Asia/Seoul")
    time_machine.move_to(datetime(2026, 6, 20, hour, tzinfo=UTC), tick=False)

    assert headings(page_at(client)) == [(heading, 1)]


def test_what_became_of_an_event_stands_in_its_heading_and_a_deadline_says_so(client):
    make_event(title_en="Congress", date="2026-09-01", status="cancelled")
    make_event(title_en="Assembly", date="2026-09-02", status="postponed")
    make_event(title_en="Award", date="2026-06-27", kind="deadline")
    make_event(title_en="Called off", date="2026-06-27", kind="deadline", status="cancelled")

    html = html_of(page_at(client))

    assert re.findall(r'<h3 class="event-title">(?:<strong class="mark mark-\w+">(\w+)</strong> )?<a', html) == [
        *("", "Cancelled", "Cancelled", "Postponed"),
    ]
    assert html.count('<strong class="event-kind">Deadline</strong>') == 2
    assert re.findall(r'<strong class="mark mark-deadline">(.*?)</strong>', html) == ["12 days left"]
    assert re.findall(r'<article class="([^"]+)"', html) == [
        "event-card event-deadline",
        "event-card event-deadline event-cancelled",
        "event-card event-cancelled",
        "event-card event-postponed",
    ]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/en/agenda/2026/06/"),
        ("?year=2026", "/en/agenda/2026/06/"),
        ("?year=2028&kind=deadline&when=past", "/en/agenda/2028/01/?kind=deadline"),
    ],
)
def test_the_list_leads_to_the_calendar_of_the_same_choice(client, query, address):
    html = html_of(page_at(client, query))

    assert re.search(r'<a class="agenda-calendar" href="([^"]+)">', html)[1] == address
