"""What an Atom feed and a JSON Feed say of events, word for word."""

import feedparser
import pytest
import time_machine
from django.http import QueryDict
from django.utils.translation import gettext, override

from agenda.selection import read_selection
from tests.factories import make_event, make_site_identity

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel("2026-06-15T10:00:00Z", tick=False) as traveller:
        yield traveller


def in_french(text):
    with override("fr"):
        return gettext(text)


def test_an_atom_feed_says_all_that_its_page_says(client, clock):
    make_site_identity(name_fr="Association", acronym_fr="AIVE")
    event = make_event(
        title_es="Encuentro & <debate>",
        title_en=None,
        source_language="es",
        summary_es="Resumen <b>",
        theme_fr="«Thème»",
        date="2026-23",
        status="postponed",
        place="Torino",
        country="IT",
        kind="congress",
    )
    make_event(title_fr="Rencontre\x0b", status="cancelled", date="2027-01-01")

    response = client.get("/fr/agenda.atom?country=IT")
    feed = feedparser.parse(response.content)
    (entry,) = feed.entries
    with override("fr"):
        title = read_selection(QueryDict("country=IT")).title

    assert not feed.bozo
    assert (feed.feed.title, feed.feed.language) == (f"{title} · Association", "fr")
    assert (feed.feed.author_detail.name, feed.feed.author_detail.href) == ("Association", "http://testserver/fr/")
    assert {link.rel: link.href for link in feed.feed.links} == {
        "alternate": "http://testserver/fr/agenda/?country=IT",
        "self": "http://testserver/fr/agenda.atom?country=IT",
    }
    assert (entry.id, entry.link) == (f"urn:uuid:{event.uid}", f"http://testserver/fr/agenda/{event.slug_fr}/")
    assert (entry.title, entry.title_detail.language) == (
        in_french("Postponed: %(title)s") % {"title": "Encuentro & <debate>"},
        "es",
    )
    assert [tag.term for tag in entry.tags] == ["Congrès"]
    assert (entry.updated, entry.published, feed.feed.updated) == ("2026-06-15T10:00:00+00:00",) * 3
    assert entry.content[0].value == (
        '<p lang="fr">automne 2026 (sept.–nov.). Torino, Italie</p><p lang="fr">«Thème»</p><p>Resumen &lt;b&gt;</p>'
    )
    other = feedparser.parse(client.get("/fr/agenda.atom?year=2027").content).entries
    assert [entry.title for entry in other] == [in_french("Cancelled: %(title)s") % {"title": "Rencontre"}]


def test_a_json_feed_says_the_same_and_the_date_as_data(client, clock):
    make_site_identity(name_en="Association")
    event = make_event(
        title_en="Meeting",
        summary_en="Summary",
        date="2026-10-01/2026-10-02",
        start_time="10:00",
        timezone="Europe/Lisbon",
        place="Lisboa",
        status="cancelled",
    )
    make_event(date="XXXX")

    feed = client.get("/en/agenda.json").json()

    item, other = feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Agenda · Association",
        "home_page_url": "http://testserver/en/agenda/",
        "feed_url": "http://testserver/en/agenda.json",
        "description": "Meetings of the networks, congresses, assemblies and deadlines: what is on, when and where.",
        "language": "en",
        "authors": [{"name": "Association", "url": "http://testserver/en/"}],
    }
    assert item == {
        "id": f"urn:uuid:{event.uid}",
        "url": f"http://testserver/en/agenda/{event.slug_en}/",
        "title": "Cancelled: Meeting",
        "content_html": "<p>Thursday 1 and Friday 2 October 2026, 1 October, 10:00 (Lisbon time). Lisboa</p>"
        "<p>Summary</p>",
        "date_published": "2026-06-15T10:00:00+00:00",
        "date_modified": "2026-06-15T10:00:00+00:00",
        "tags": ["Meeting"],
        "language": "en",
        "_event": {
            "date": "2026-10-01/2026-10-02",
            "starts": "2026-10-01T09:00:00+00:00",
            "ends": "2026-10-02T23:00:00+00:00",
            "time_zone": "Europe/Lisbon",
            "status": "cancelled",
            "place": "Lisboa",
        },
    }
    assert other["_event"] == {"date": "XXXX", "time_zone": "Europe/Madrid", "status": "confirmed", "place": ""}


@pytest.mark.parametrize("form", ["atom", "json"])
def test_feeds_name_the_weekday_as_long_as_the_page_does(client, form):
    event = make_event(date="2026-10-02", timezone="Europe/Madrid")
    seen = []
    for now in ("2026-10-02T21:59:00Z", "2026-10-02T22:00:00Z"):
        with time_machine.travel(now, tick=False):
            feed = client.get(f"/en/agenda.{form}?when=all").content.decode()
            page = client.get(event.get_absolute_url()).content.decode()
        seen.append(("Friday 2 October 2026" in feed, "Friday 2 October 2026" in page))

    assert seen == [(True, True), (False, False)]
