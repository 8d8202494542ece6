"""The lists that every visitor asks for find their rows by an index, however many there are."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.feeds import calendar_rows
from agenda.models import Event
from agenda.selection import EventSelection
from experiences.models import Experience
from news.models import Post

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL's planner looks at the rows, and a test database has few"
    ),
]


def keys_of_page(events, first=0):
    return events.values("pk")[first : first + 20]


def published():
    """As lists ask: the title of a row is looked at only while the agenda leaves out what is not translated, so its
    index is not said to be enough by itself, but is while nobody has chosen that.
    """
    return Event.objects.published().listed()


ALONE = "COVERING INDEX "
PLANS = {
    "the agenda beside every page": (
        lambda: Event.objects.for_cards().next_ones(10),
        "SEARCH V0 USING INDEX event_in_order (starts_at>?)",
        False,
    ),
    "what began long ago beside every page": (
        lambda: Event.objects.for_cards().next_ones(10),
        "SEARCH V0 USING INDEX event_long (ends_at>?)",
        False,
    ),
    "coming events of all kinds": (lambda: published().upcoming()[:10], "event_in_order", True),
    "a page of coming events": (lambda: keys_of_page(published().upcoming()), "event_in_order", True),
    "the last page of all events": (
        lambda: keys_of_page(published().in_order(), 17_000),
        "event_in_order",
        True,
    ),
    "a page of one year": (lambda: keys_of_page(published().in_year(2025).in_order()), "event_in_order", True),
    "past events": (lambda: published().past()[:5], "event_by_end", True),
    "a page of past events": (lambda: keys_of_page(published().past(), 9_000), "event_by_end", True),
    "years": (lambda: published().order_by().values("first_year", "last_year").distinct(), "event_years", True),
    "kinds": (lambda: published().order_by().values("kind").distinct(), "event_kinds", False),
    "countries": (lambda: published().order_by().values("country").distinct(), "event_countries", False),
    "what a network has ahead": (lambda: published().filter(network=3).upcoming()[:5], "event_networks", False),
    "what was in a city": (lambda: published().filter(city=3).past()[:5], "event_cities", False),
    "days of a month": (
        lambda: published().in_year(2025).between(date(2025, 10, 1), date(2025, 10, 31)).filter(vagueness=0),
        "event_in_order",
        False,
    ),
    "the desk": (
        lambda: keys_of_page(Event.objects.order_by("-starts_at", "-pk")),
        ALONE + "event_desk",
        True,
    ),
    "the desk's posts": (lambda: keys_of_page(Post.objects.order_by("-date", "-pk")), ALONE + "post_desk", True),
    "newest posts": (lambda: Post.objects.published().listed().newest_first()[:6], "post_newest", True),
    "posts of a year": (lambda: Post.objects.published().listed().in_year(2025), "post_years", False),
    "years of the news": (
        lambda: Post.objects.published().listed().order_by("-year").values("year").distinct(),
        "post_years",
        True,
    ),
    "the article after one": (
        lambda: Post.objects.published().listed().newer_than(Post(pk=5, date=date(2025, 1, 1)))[:1],
        "(date>?)",
        True,
    ),
    "the article before one": (
        lambda: Post.objects.published().listed().older_than(Post(pk=5, date=date(2025, 1, 1)))[:1],
        "(date<?)",
        True,
    ),
    "an event's page": (
        lambda: Event.objects.published().filter(slug_en="meeting").order_by()[:1],
        "(slug_en=?)",
        True,
    ),
    "an article's page": (
        lambda: Post.objects.published().filter(slug_en="report").order_by()[:1],
        "(slug_en=?)",
        True,
    ),
    "cards of a page": (
        lambda: Event.objects.published().for_cards().filter(pk__in=[1, 2, 3]).order_by(),
        "INTEGER PRIMARY KEY",
        True,
    ),
    "the agenda's calendar": (
        lambda: calendar_rows(EventSelection(), tentative=True),
        "event_in_order",
        True,
    ),
    "the agenda's feed": (lambda: EventSelection().events().for_calendar()[:30], "event_in_order", True),
    "newest experiences": (
        lambda: Experience.objects.published().listed().order_by("-pk")[:12],
        "experience_list",
        True,
    ),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_list_is_read_by_its_index(name):
    make, index, in_order = PLANS[name]

    plan = make().explain()

    assert index in plan
    if in_order:
        assert "TEMP B-TREE" not in plan


def test_an_address_that_nobody_has_is_looked_for_without_reading_every_item(client):
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/es/agenda/nunca-hubo-tal-cosa/").status_code == 404

    asked = [
        query["sql"] for query in queries if 'FROM "agenda_event"' in query["sql"] and "nunca-hubo" in query["sql"]
    ]
    assert len(asked) == 3
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            scans = [step for *_, step in cursor.fetchall() if step.startswith("SCAN")]
            assert scans in ([], ["SCAN U0 USING INDEX event_former_slugs"])
