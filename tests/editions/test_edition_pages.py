"""What the page of a series and those of its editions tell, from the rows that editors fill in."""

import json
import re
from html import unescape

import pytest
import time_machine

from editions.models import Recognition
from tests import factories
from tests.accessibility import axe_violations

pytestmark = pytest.mark.django_db

SERIES = "/en/editions/congress/"


def words(html):
    return re.sub(r"\s+([,.)])", r"\1", " ".join(unescape(re.sub("<.*?>", " ", html)).split()))


def body_of(client, address):
    return client.get(address).content.decode()


def rows_of_table(client, address=SERIES):
    table = re.search(r'<table class="table edition-table".*?</table>', body_of(client, address), re.S)[0]
    return [
        [words(cell) for cell in re.findall(r"<t[hd] .*?</t[hd]>|<t[hd]>.*?</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr>.*?</tr>", table, re.S)
    ]


def facts(html):
    return {words(name): words(text) for name, text in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html, re.S)}


def data_of(html):
    return [json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]


def test_the_table_has_a_row_for_each_edition_newest_first(client):
    lisboa = factories.make_city(name="Lisboa", country="PT")
    first = factories.make_edition(
        title_en="First", ordinal=1, year=2000, date="2000-05-03", host_city=lisboa, country="PT", theme_en="Theme"
    )
    factories.make_figure(edition=first, kind="cities", value=118)
    factories.make_figure(edition=first, kind="mayors", value=20, at_least=True)
    factories.make_edition(title_en="Called off", ordinal=None, year=2001, date="2001", status="cancelled")
    factories.make_edition(title_en="Draft", year=2002, date="2002", state="draft")

    assert rows_of_table(client) == [
        ["No.", "Edition", "Date", "Host", "Status", "In figures"],
        ["– no number", "Called off", "2001", "", "cancelled", ""],
        ["1", "First Theme", "3 May 2000", "Lisboa, Portugal", "held", "cities 118, mayors more than > 20"],
    ]


def test_columns_of_which_nothing_is_known_are_left_out(client):
    factories.make_edition(title_en="First", ordinal=1)

    assert rows_of_table(client) == [["No.", "Edition", "Date", "Status"], ["1", "First", "2020", "held"]]


@pytest.mark.parametrize("count", [5, 9])
def test_a_series_needs_the_same_queries_for_any_number_of_editions(client, count, django_assert_num_queries):
    for _ in range(count):
        edition = factories.make_edition(host_city=factories.make_city(), deadline="2030-01-01")
        factories.make_figure(edition=edition)
        factories.make_event(edition=edition, kind="deadline", date="2030-03-03")
    client.get(SERIES)

    with django_assert_num_queries(9):  # series, editions, figures, deadlines, five of the frame
        response = client.get(SERIES)

    assert len(response.context["editions"]) == count


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-01-09", "The call opens on 10 January 2026 and closes on 20 January 2026."),
        ("2026-01-10", "The call is open until 20 January 2026. 10 days left"),
        ("2026-01-19", "The call is open until 20 January 2026. 1 day left"),
        ("2026-01-20", "The call is open until 20 January 2026. Last day today"),
        ("2026-01-21", ""),
    ],
)
def test_a_call_opens_and_closes_by_itself(client, day, sentence):
    edition = factories.make_edition(
        title_en="Next", status="confirmed", year=2026, date="2026-11", call_opened="2026-01-10", deadline="2026-01-20"
    )

    with time_machine.travel(f"{day}T12:00+00:00", tick=False):
        pages = [body_of(client, SERIES), body_of(client, edition.get_absolute_url())]

    notices = [[words(notice) for notice in re.findall(r'<p class="notice.*?</p>', page, re.S)] for page in pages]
    assert notices == ([[f"{sentence} Next"], [sentence]] if sentence else [[], []])
    closed = "20 January 2026" if sentence else "20 January 2026 (closed)"
    assert facts(pages[1])["Deadline"] == closed


def test_a_cancelled_edition_says_so_has_no_number_and_takes_no_candidatures(client):
    edition = factories.make_edition(ordinal=None, status="cancelled", deadline="2099-01-01", call_opened="2000-01-01")

    page = body_of(client, edition.get_absolute_url())

    notices = [words(notice) for notice in re.findall(r'<p class="notice.*?</p>', page, re.S)]
    assert notices == ["This edition is cancelled. A cancelled edition has no number: the next one held takes it."]
    assert facts(page)["Number"] == "no number"
    assert 'class="notice' not in body_of(client, SERIES)


@time_machine.travel("2026-06-15T12:00+00:00", tick=False)
def test_the_next_edition_is_the_nearest_that_is_to_be_held(client):
    def make(title, year, **fields):
        factories.make_edition(**{"title_en": title, "year": year, "date": str(year), "status": "announced"} | fields)

    make("Past", 2025)
    make("Off", 2026, status="cancelled", ordinal=None)
    make("Near", 2027)
    make("Far", 2028)

    assert client.get(SERIES).context["next_edition"].title_en == "Near"


def test_deadlines_of_the_agenda_stand_with_their_edition_until_they_are_over(client):
    edition = factories.make_edition(deadline="2026-01-20")
    other = factories.make_edition()
    for title, date, of, more in (
        ("Experiences", "2026-01-25", edition, {}),
        ("Told by the edition", "2026-01-20", edition, {}),
        ("Over", "2026-01-11", edition, {}),
        ("Off", "2026-01-26", edition, {"status": "cancelled"}),
        ("Of another", "2026-01-27", other, {}),
        ("Draft", "2026-01-28", edition, {"state": "draft"}),
    ):
        factories.make_event(title_en=title, date=date, edition=of, kind="deadline", **more)

    with time_machine.travel("2026-01-12T12:00+00:00", tick=False):
        found = [
            re.findall(
                r'<h3 class="event-title">.*?<a[^>]*>(.*?)</a>',
                re.search(r'aria-labelledby="deadlines-title".*?</section>', body_of(client, address), re.S)[0],
                re.S,
            )
            for address in (SERIES, edition.get_absolute_url())
        ]

    assert found == [["Experiences", "Of another"], ["Experiences"]]


def test_results_name_the_city_and_lead_to_its_record_of_the_bank(client):
    award = factories.make_edition(series=factories.make_series(key="award"), finalists_complete=False)
    lyon, braga, hidden = (
        factories.make_city(name="Lyon", country="FR"),
        factories.make_city(name="Braga", country="PT"),
        factories.make_city(name="Hidden", state="draft"),
    )
    for kind, city, project in (
        (Recognition.Kind.WINNER, lyon, "Streets"),
        (Recognition.Kind.FINALIST, braga, ""),
        (Recognition.Kind.MENTION, hidden, "Parks"),
    ):
        factories.make_recognition(edition=award, kind=kind, city=city, project_en=project)
    records = [
        factories.make_experience(city=lyon, title_en="Streets for all"),
        factories.make_experience(city=braga, title_en="One"),
        factories.make_experience(city=braga, title_en="Another"),
        factories.make_experience(city=hidden, title_en="Not yet", state="draft"),
    ]
    for record in records:
        record.editions.add(award)
    factories.make_experience(city=lyon, title_en="Of no award")

    page = body_of(client, award.get_absolute_url())

    found = {
        words(title): (words(rows), re.findall(r'href="(.*?)"', rows))
        for title, rows in re.findall(
            r'<h2 class="section-title">([\w ]+)</h2>\s*<ul class="row-list".*?>(.*?)</ul>', page, re.S
        )
    }
    lyon_page, braga_page = lyon.get_absolute_url(), braga.get_absolute_url()
    assert found == {
        "Winners": ("Lyon France Streets", [lyon_page, records[0].get_absolute_url()]),
        "Finalists": (
            "Braga Portugal Another One",
            [braga_page, records[2].get_absolute_url(), records[1].get_absolute_url()],
        ),
        "Special mentions": ("Hidden Spain Parks", []),
    }
    assert page.count("This list is not complete.") == 1


def test_an_edition_leads_to_those_before_and_after_it(client):
    made = [
        factories.make_edition(title_en=title, year=year, date=date, **more)
        for title, year, date, more in (
            ("Early", 2020, "2020-03", {}),
            ("Middle", 2020, "2020-09", {}),
            ("Draft", 2021, "2021", {"state": "draft"}),
            ("Late", 2022, "2022", {}),
        )
    ]
    factories.make_edition(series=factories.make_series(key="award"), year=2021, date="2021")

    around = [client.get(made[place].get_absolute_url()).context for place in (0, 1, 3)]

    assert [(str(one["previous"] or ""), str(one["next"] or "")) for one in around] == [
        ("", "Middle"),
        ("Early", "Late"),
        ("Middle", ""),
    ]


def test_search_engines_read_an_edition_as_an_event(client):
    factories.make_site_identity(name_en="The Association")
    host = factories.make_city(name="Katowice", country="PL", latitude=50.26, longitude=19.02)
    edition = factories.make_edition(
        title_en="Congress", theme_es="Tema", year=2020, date="2020-09-30/2020-10-02", host_city=host, ordinal=None,
        status="cancelled",
    )  # fmt: skip
    at = "http://testserver"

    (data,) = data_of(body_of(client, edition.get_absolute_url()))

    assert data == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Congress",
        "inLanguage": "en",
        "url": at + edition.get_absolute_url(),
        "startDate": "2020-09-30",
        "endDate": "2020-10-02",
        "eventStatus": "https://schema.org/EventCancelled",
        "location": {
            "@type": "Place",
            "name": "Katowice",
            "address": {"@type": "PostalAddress", "addressLocality": "Katowice", "addressCountry": "PL"},
            "geo": {"@type": "GeoCoordinates", "latitude": 50.26, "longitude": 19.02},
        },
        "organizer": {"@type": "Organization", "name": "The Association", "url": f"{at}/en/"},
        "superEvent": {"@type": "EventSeries", "name": "Congress", "url": at + SERIES},
    }


@pytest.mark.parametrize(("key", "date"), [("award", "2020-05-03"), ("congress", "2020-05")])
def test_of_an_award_and_of_days_that_are_not_known_search_engines_read_nothing(client, key, date):
    edition = factories.make_edition(series=factories.make_series(key=key), date=date)

    assert data_of(body_of(client, edition.get_absolute_url())) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_table_has_room_on_every_screen_and_stays_a_table(page, live_server, width):
    factories.make_site_identity()
    edition = factories.make_edition(
        title_en="18th International Congress of Educating Cities",
        host_city=factories.make_city(),
        theme_en="Theme " * 9,
    )
    factories.make_figure(edition=edition, kind="experiences_submitted", value=185)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}{SERIES}")

    assert page.evaluate("document.documentElement.scrollWidth") == width
    table = page.get_by_role("table", name="All editions, newest first")
    assert table.get_by_role("columnheader").all_text_contents() == [
        "No.", "Edition", "Date", "Host", "Status", "In figures"
    ]  # fmt: skip
    assert table.get_by_role("row").nth(1).get_by_role("cell").count() == 5
    assert axe_violations(page) == []
