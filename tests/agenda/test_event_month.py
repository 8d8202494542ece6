"""The agenda as a calendar of a month: which event stands on which day, and what has no day."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest

from agenda.models import Event
from agenda.month import month_beside, month_grid, weekday_names
from publishing.models import State
from tests.factories import make_city, make_event, make_network

OCTOBER = {"year": 2025, "month": 10}
TODAY = date(2025, 10, 8)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(datetime(2025, 10, 8, 12, tzinfo=UTC), tick=False)


def html_of(response):
    return response.content.decode()


def grid_of(*events):
    return month_grid(**OCTOBER, events=events, today=TODAY)


def placed(grid):
    """{day: [what stands there, …]}: "a" begins or is there, "a×3" covers three days of a week, "(a)" goes on."""

    def word(entry):
        name = entry.event.title_en
        if entry.continues:
            return f"({name})"
        return f"{name}×{entry.span}" if entry.is_bar else name

    found = {day.date.day: [word(entry) for entry in day.entries] for day in grid.days}
    return {day: words for day, words in found.items() if words}


def event(title, date, **fields):
    return make_event(title_en=title, date=date, **fields)


def test_weeks_begin_on_monday_and_hold_the_days_of_the_month_only():
    grid = grid_of()

    assert [[day.date.day if day else None for day in week] for week in grid.weeks] == [
        [None, None, 1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10, 11, 12],
        [13, 14, 15, 16, 17, 18, 19],
        [20, 21, 22, 23, 24, 25, 26],
        [27, 28, 29, 30, 31, None, None],
    ]
    assert [day.date for day in grid.days if day.is_today] == [TODAY]
    assert grid.is_empty


@pytest.mark.parametrize(
    ("year", "month", "weeks", "days"), [(2021, 2, 4, 28), (2024, 2, 5, 29), (2025, 6, 6, 30), (1000, 1, 5, 31)]
)
def test_a_month_has_as_many_weeks_as_it_touches(year, month, weeks, days):
    grid = month_grid(year, month, [], TODAY)

    assert (len(grid.weeks), len(grid.days), {len(week) for week in grid.weeks}) == (weeks, days, {7})


@pytest.mark.django_db
def test_an_event_stands_on_each_of_its_days_named_on_the_first_of_each_week():
    grid = grid_of(event("a", "2025-10-04/2025-10-07"), event("b", "2025-10-07"))

    assert placed(grid) == {4: ["a×2"], 5: ["(a)"], 6: ["a×2"], 7: ["(a)", "b"]}
    bars = {day.date.day: entry for day in grid.days for entry in day.entries if not entry.continues and entry.is_bar}
    assert [(day, bar.is_first, bar.comes_from_before, bar.goes_on) for day, bar in bars.items()] == [
        (4, True, False, True),
        (6, False, True, False),
    ]
    assert [day.date.day for day in grid.days if day.starts_something] == [4, 7]


@pytest.mark.django_db
def test_an_event_from_another_month_is_first_on_the_first_day_here():
    grid = grid_of(event("before", "2025-09-29/2025-10-02"), event("after", "2025-10-31/2025-11-02"))

    assert placed(grid) == {1: ["before×2"], 2: ["(before)"], 31: ["after×1"]}
    assert [entry.is_first for day in grid.days for entry in day.entries] == [True, False, True]


@pytest.mark.django_db
def test_bars_keep_their_place_from_day_to_day():
    grid = grid_of(
        event("a", "2025-10-06/2025-10-07"),
        event("b", "2025-10-06/2025-10-10"),
        event("c", "2025-10-08/2025-10-09"),
        event("d", "2025-10-10/2025-10-11"),
    )

    days = {day.date.day: [(entry.event.title_en, entry.skip) for entry in day.entries] for day in grid.days}
    assert {day: bars for day, bars in days.items() if bars} == {
        6: [("b", 0), ("a", 0)],
        7: [("b", 0), ("a", 0)],
        8: [("b", 0), ("c", 0)],
        9: [("b", 0), ("c", 0)],
        10: [("b", 0), ("d", 0)],
        11: [("d", 1)],
    }


@pytest.mark.django_db
def test_what_finds_no_room_as_a_bar_is_named_on_each_of_its_days():
    grid = grid_of(*(event(name, "2025-10-06/2025-10-07") for name in "abcd"))

    assert placed(grid) == {6: ["a×2", "b×2", "c×2", "d"], 7: ["(a)", "(b)", "(c)", "d"]}
    assert [entry.is_first for day in grid.days for entry in day.entries if entry.event.title_en == "d"] == [
        True,
        False,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "shown", "more"), [(4, 4, 0), (5, 3, 2), (30, 3, 27)])
def test_a_full_day_unfolds(count, shown, more):
    (day,) = (day for day in grid_of(*(event("a", "2025-10-06") for _ in range(count))).days if day.entries)

    assert (len(day.entries), len(day.more)) == (shown, more)


@pytest.mark.django_db
def test_a_deadline_stands_on_its_last_day_and_what_fills_the_month_on_none():
    grid = grid_of(
        event("call", "2025-09-01/2025-10-15", kind="deadline"),
        event("open", "2025-09-01/2025-11-15", kind="deadline"),
        event("exhibition", "2025-10-01/2025-10-31"),
        event("year", "2025-01-01/2025-12-31"),
        event("nearly", "2025-10-02/2025-11-30"),
    )

    assert [event.title_en for event in grid.throughout] == ["open", "exhibition", "year"]
    assert placed(grid)[15] == ["(nearly)", "call"]
    assert [day for day, words in placed(grid).items() if "nearly×4" in words] == [2]


def test_months_follow_one_another():
    assert [month_beside(2025, 12, 1), month_beside(2025, 1, -1), month_beside(2025, 5, 1)] == [
        *((2026, 1), (2024, 12), (2025, 6)),
    ]


@pytest.mark.parametrize(
    ("language", "monday", "sunday"),
    [
        ("en", ("Mon", "Monday"), ("Sun", "Sunday")),
        ("es", ("lun", "lunes"), ("dom", "domingo")),
        ("fr", ("lun.", "lundi"), ("dim.", "dimanche")),
        ("ca", ("dl.", "dilluns"), ("dg.", "diumenge")),
        ("pt", ("segunda", "segunda-feira"), ("domingo", "domingo")),
    ],
)
def test_the_days_of_the_week_are_named_in_the_language_of_the_page(language, monday, sunday):
    names = weekday_names(language)

    assert (names[0], names[6], len(names)) == (monday, sunday, 7)


@pytest.mark.django_db
def test_an_event_stands_on_its_days_where_it_is_held(client):
    """At 23:30 in Buenos Aires it is the next day in UTC and in Barcelona."""
    event("late", "2025-10-14", start_time="23:30", timezone="America/Argentina/Buenos_Aires")
    event("early", "2025-10-31", start_time="00:30", timezone="Asia/Seoul")

    assert placed(client.get("/en/agenda/2025/10/").context["grid"]) == {14: ["late"], 31: ["early"]}


@pytest.mark.django_db
def test_dates_that_are_not_known_to_the_day_are_listed_beneath_the_nearest_first(client):
    south = make_city(latitude=-34.6)
    for title, when, fields in (
        ("year", "2025", {}),
        ("autumn", "2025-23", {}),
        ("autumn of the south", "2025-23", {"city": south}),
        ("spring of the south", "2025-21", {"city": south}),
        ("quarter", "2025-36", {}),
        ("month", "2025-10", {}),
        ("months", "2025-09/2025-10", {}),
        ("next month", "2025-11", {}),
        ("about then", "2025-10-15~", {}),
        ("to be announced", "XXXX", {}),
    ):
        event(title, when, **fields)

    response = client.get("/en/agenda/2025/10/")

    assert sorted(event.title_en for event in response.context["vague"]) == sorted(
        ["year", "autumn", "spring of the south", "quarter", "month", "months", "about then"]
    )
    assert [event.title_en for event in response.context["vague"]][-1] == "year"
    assert placed(response.context["grid"]) == {}
    assert "No event of this month is known to the day." in html_of(response)


@pytest.mark.django_db
def test_many_vague_dates_lead_to_the_list_of_the_year(client):
    for _ in range(13):
        event("a", "2025", kind="deadline")

    response = client.get("/en/agenda/2025/10/?kind=deadline")

    assert len(response.context["vague"]) == 12
    link = '<a href="/en/agenda/?kind=deadline&amp;year=2025">All events of 2025</a>'
    assert html_of(response).count(link) == 1


@pytest.mark.django_db
def test_the_month_shows_the_choice_and_carries_it_along(client):
    network = make_network(official_name="Zona Norte", slug_en="north", slug_es="norte")
    event("mine", "2025-10-06", kind="deadline", network=network)
    event("another's", "2025-10-06", kind="deadline")
    event("a meeting", "2025-10-06", network=network)

    response = client.get("/en/agenda/2025/10/?kind=deadline&network=norte&year=2024&when=past&utm_source=x")

    assert placed(response.context["grid"]) == {6: ["mine"]}
    html = html_of(response)
    query = "?kind=deadline&network=north"
    assert [unescape(link) for link in re.findall(r'<a class="month-link"[^>]* href="([^"]+)"', html)] == [
        f"/en/agenda/2025/09/{query}",
        f"/en/agenda/2025/11/{query}",
    ]
    assert unescape(re.search(r'<a class="agenda-calendar" href="([^"]+)"', html)[1]) == f"/en/agenda/{query}"
    assert re.search(r'<form class="filter-form" action="([^"]+)"', html)[1] == "/en/agenda/2025/10/"
    assert re.findall(r'name="(year|when)"', html) == []
    canonical = re.search(r'<link rel="canonical" href="http://testserver([^"]+)">', html)[1]
    assert unescape(canonical) == f"/en/agenda/2025/10/{query}"
    spanish = re.search(r'<a class="language" href="(/es/[^"]+)"', html)[1]
    assert unescape(spanish) == "/es/agenda/2025/10/?kind=deadline&network=norte"
    heading = 'Agenda: October 2025, Deadline, <span lang="it">Zona Norte</span>'
    assert re.search("<h1>(.*?)</h1>", html)[1] == heading


@pytest.mark.django_db
def test_today_is_marked_and_one_link_away(client):
    here, elsewhere = (html_of(client.get(f"/en/agenda/{month}/")) for month in ("2025/10", "2025/11"))

    assert re.findall(r'aria-current="date">\s*<p[^>]*>.*?datetime="([^"]+)"', here) == ["2025-10-08"]
    assert re.findall('aria-current="date"', elsewhere) == []
    assert re.findall(r'href="([^"]+)"><span class="month-name">This month<', here) == []
    assert re.findall(r'href="([^"]+)"><span class="month-name">This month<', elsewhere) == ["/en/agenda/2025/10/"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("month", "links"),
    [
        ("2025/12", ["/en/agenda/2025/11/", "/en/agenda/2026/01/"]),
        ("2022/01", ["/en/agenda/2022/02/"]),
        ("2026/12", ["/en/agenda/2026/11/"]),
        ("1492/10", []),
        ("1000/01", []),
        ("2999/12", []),
    ],
)
def test_links_go_a_year_beyond_the_events_and_no_further(client, month, links):
    event("oldest", "2023-05")

    html = html_of(client.get(f"/en/agenda/{month}/"))

    assert re.findall(r'<a class="month-link" rel="\w+" href="([^"]+)"', html) == links


@pytest.mark.django_db
def test_links_end_where_addresses_do(client):
    for year in (1000, 2999):
        event("a", str(year))

    ends = [html_of(client.get(f"/en/agenda/{month}/")) for month in ("1000/01", "2999/12")]

    assert [re.findall(r'rel="(prev|next)" href="([^"]+)"', html) for html in ends] == [
        [("next", "/en/agenda/1000/02/")],
        [("prev", "/en/agenda/2999/11/")],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "noindex"),
    [("2025/10/", False), ("2025/11/", False), ("2025/12/", True), ("2025/10/?kind=meeting", True)],
)
def test_search_engines_keep_months_with_events(client, address, noindex):
    event("a", "2025-10-06")
    event("b", "2025-11")

    html = html_of(client.get(f"/en/agenda/{address}"))

    assert ('<meta name="robots" content="noindex">' in html) is noindex


@pytest.mark.django_db
@pytest.mark.parametrize("month", ["2025/9", "2025/13", "2025/00", "2025/010", "3000/01", "0999/01", "2025/1x"])
def test_a_month_has_one_address(client, month):
    assert client.get(f"/en/agenda/{month}/").status_code == 404


@pytest.mark.django_db
def test_cancelled_postponed_and_deadlines_say_so_in_the_calendar(client):
    event("a", "2025-10-06", status="cancelled")
    event("b", "2025-10-07/2025-10-09", status="postponed")
    event("c", "2025-10-10", kind="deadline")

    html = html_of(client.get("/en/agenda/2025/10/"))

    words = re.findall(r'<strong class="entry-word">(\w+)</strong>', html)
    assert words == ["Cancelled", "Postponed", "Deadline"]
    assert re.findall(r'<span class="entry-continued">(.*?)</span>', html) == ["Continues: b"] * 2


@pytest.mark.django_db
def test_a_month_of_five_hundred_events_is_shown_whole(client, django_assert_num_queries):
    languages = ("en", "es", "fr", "ca", "pt")
    Event.objects.bulk_create(
        Event(
            title_en=f"Event {number}",
            date=f"2025-10-{number % 31 + 1:02d}",
            state=State.PUBLISHED,
            **{f"slug_{code}": f"event-{number}" for code in languages},
        )
        for number in range(500)
    )

    with django_assert_num_queries(12):  # frame, days and rows, vague ones, years, choices
        html = html_of(client.get("/en/agenda/2025/10/"))

    assert html.count('<a class="entry-link"') == 500
