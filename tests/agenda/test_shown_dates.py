"""How an event's date and times stand on its page and on the cards."""

import re
from datetime import date as date_type

import pytest
import time_machine

from agenda.templatetags.agenda_tags import ShownDates
from tests.factories import make_city, make_event
from tests.html_validity import html_errors

pytestmark = pytest.mark.django_db


def when(client, event, language="en"):
    """The row "When" of the event's page."""
    page = client.get(f"/{language}/agenda/{getattr(event, f'slug_{language}')}/").content.decode()
    return re.search(r"<dt>(?:When|Cuándo|Quan|Quand|Quando)</dt><dd>(.*?)</dd>", page, re.DOTALL)[1].strip()


@pytest.mark.parametrize(
    ("date", "html"),
    [
        ("2030-05-03", '<time datetime="2030-05-03">Friday 3 May 2030</time>'),
        (
            "2030-05-03/2030-05-04",
            '<time datetime="2030-05-03">Friday 3</time> and <time datetime="2030-05-04">Saturday 4 May 2030</time>',
        ),
        (
            "2030-05-03/2030-05-05",
            '<time datetime="2030-05-03">3</time>–<time datetime="2030-05-05">5 May 2030</time>',
        ),
        ("2030-05", '<time datetime="2030-05">May 2030</time>'),
        ("2030", '<time datetime="2030">2030</time>'),
        ("2030-23", "Autumn 2030 (Sep–Nov)"),
        ("2030-05-03~", "about 3 May 2030"),
        ("XXXX", "Date to be announced"),
        # Past: nobody plans for it any more.
        ("2019-05-03", '<time datetime="2019-05-03">3 May 2019</time>'),
    ],
)
def test_a_date_is_marked_as_far_as_html_can_say_it(client, date, html):
    assert when(client, make_event(date=date)) == html


def test_autumn_south_of_the_equator_says_its_own_months(client):
    event = make_event(date="2030-23", city=make_city(latitude=-34.0))

    assert when(client, event) == "Autumn 2030 (Mar–May)"


def test_the_words_follow_the_language_of_the_page(client):
    event = make_event(
        title_ca="Trobada",
        date="2030-10-01",
        city=make_city(name="El Prat", timezone="Europe/Madrid"),
        start_time="09:30",
    )

    assert when(client, event, "ca") == (
        '<time datetime="2030-10-01T09:30+02:00">dimarts 1 d’octubre del 2030</time>, 09:30 (hora del Prat)'
    )


@pytest.mark.parametrize(
    ("city", "place"),
    [
        ({"name": "Torino", "exonym_en": "Turin", "timezone": "Europe/Rome"}, "Turin time"),
        ({"name": "Torino", "timezone": "Europe/Rome"}, "Torino time"),
        ({"name": "Dalseo-gu", "part_of": "Daegu", "timezone": "Europe/Rome"}, "Daegu time"),
        ({"name": "Lisboa", "timezone": "Europe/Lisbon"}, "Rome time"),
    ],
)
def test_the_city_of_the_event_names_its_clocks_if_they_are_its_own(client, city, place):
    event = make_event(city=make_city(**city), timezone="Europe/Rome", start_time="10:00")

    assert when(client, event).endswith(f"</time>, 10:00 ({place})")


@pytest.mark.parametrize(
    ("fields", "in_utc"),
    [
        ({"mode": "online"}, True),
        ({"mode": "hybrid"}, True),
        ({"kind": "online"}, True),
        ({"kind": "online", "mode": "in_person"}, False),
        ({"mode": "in_person"}, False),
        ({"mode": "member_cities"}, False),
        ({}, False),
    ],
)
def test_only_what_can_be_followed_from_afar_is_said_in_utc_and_on_the_visitors_clock(client, fields, in_utc):
    event = make_event(date="2030-11-14", timezone="Europe/Madrid", start_time="12:50", **fields)
    page = client.get(event.get_absolute_url()).content.decode()

    assert ("12:50 (Madrid time), 11:50 UTC" in page) is in_utc
    assert ("data-local-time" in page) is in_utc
    assert ("js/local-times" in page) is in_utc


@pytest.mark.parametrize("fields", [{"start_time": None}, {"date": "2019-11-14"}])
def test_without_times_or_after_the_event_no_script_is_asked_for(client, fields):
    event = make_event(**{"date": "2030-11-14", "start_time": "12:50", "mode": "online"} | fields)
    page = client.get(event.get_absolute_url()).content.decode()

    assert "data-local-time" not in page
    assert "js/local-times" not in page


def test_cards_say_weekdays_and_times(client):
    page = client.get("/en/agenda/").content.decode()
    assert "Turin time" not in page
    for day in (13, 14):
        make_event(
            date=f"2030-11-{day}",
            start_time="12:50",
            mode="online",
            city=make_city(name="Torino", exonym_en="Turin", timezone="Europe/Rome"),
        )

    page = client.get("/en/agenda/").content.decode()

    assert page.count("12:50 (Turin time), 11:50 UTC") == 2
    assert "Thursday 14 November 2030" in page
    assert "data-local-time" not in page


def test_pages_with_every_kind_of_date_are_valid_html(client):
    dates = ["2030-05-03", "2030-05-03/2030-05-04", "2030-05/2030-06", "2030/2032", "2030-05", "2030", "2030-23"]
    events = [make_event(date=date, mode="online") for date in dates]
    events += [make_event(date=date, mode="online", start_time="23:30", end_time="23:45") for date in dates[:2]]

    assert html_errors({str(event): client.get(event.get_absolute_url()).content.decode() for event in events}) == []


@pytest.mark.parametrize(
    ("kind", "date", "lines"),
    [
        ("deadline", "2026-10-01/2026-10-31", ["31", "Oct"]),
        ("deadline", "2026-09-28/2026-10-02", ["2", "Oct"]),
        ("deadline", "2026-12-01/2027-01-15", ["15", "Jan 2027"]),
        ("deadline", "2026-10-31", ["31", "Oct"]),
        ("deadline", "2026-10", ["Oct", "2026"]),
        ("deadline", "2026-10-31~", ["c. 31", "Oct"]),
        ("meeting", "2026-10-01/2026-10-31", ["1–31", "Oct"]),
    ],
)
def test_the_block_of_a_deadline_shows_the_day_that_days_are_counted_to(kind, date, lines):
    with time_machine.travel("2026-06-15T10:00:00Z", tick=False):
        dates = ShownDates(make_event(kind=kind, date=date))

        assert [dates.block.big, dates.block.small] == lines
        if kind == "deadline" and dates.is_day_precise:
            last = dates.known.when.latest()
            assert dates.days_left == (last - date_type(2026, 6, 15)).days
