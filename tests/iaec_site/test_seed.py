"""The home page that the association had in September 2025, line by line, with the starter content."""

import re
from html import unescape

import pytest
import time_machine
from django.core.management import call_command

SEPTEMBER = "2025-09-15T12:00:00+02:00"

# What stands on every page of the news feed and on the home page, in the order of the old page.
AGENDA = [
    ("17th Meeting of the Spanish Network", "Viladecans", "1–3 October 2025", ""),
    ("Asia-Pacific Network Meeting", "Dalseo-gu, Daegu", "26 and 27 September 2025", ""),
    ("Meeting of the Italian Network", "Torino", "Autumn 2025", ""),
    (
        "8th Meeting of the Argentina Network",
        "San Justo",
        "14 November 2025",
        "Educating City, Classroom in Action: Innovation as a Pillar of Transformation",
    ),
    (
        "International Day of the Educating City",
        "",
        "30 November 2025",
        "«Children’s Participation in the Educating City».",
    ),
]
QUICK_LINKS = ["How to join?", "Charter of Educating Cities"]
HIGHLIGHTS = [
    "IAEC Bank of Experiences",
    "Subscribe to our newsletter!",
    "2026 Educating Cities Award",
    "2028 Congress Candidatures",
    "2025 International Day of the Educating City",
    "2026 Granollers Congress",
]
NETWORKS = ["Asia-Pacific Network", "Rete Nazionale delle Città Educative", "Northern European Group"]
SOCIAL = ["@educatingcities", "@educatingcities", "Educating Cities"]
POSTS = [
    "Focus Experience #26",
    "World Health Day",
    "Learning about Sustainable Development Goal 4",
    "World Forum on Urban Violence and Education for better Living together and Peace",
]


@pytest.fixture
def starter_content(db):
    call_command("load_starter_content", verbosity=0)


def text(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def part(html, start, end):
    found = re.search(f"{start}.*?{end}", html, re.DOTALL)
    assert found, f"the page has no {start}"
    return found[0]


def agenda_of(html):
    """[(title, place, date, theme), …] as the departure board beside the page says them."""
    board = part(html, '<section class="board"', "</section>")
    entries = []
    for card in re.findall(r'<article class="event-card.*?</article>', board, re.DOTALL):
        place = re.search(r'<span class="event-place">(.*?)</span>', card)
        theme = re.search(r'<p class="event-theme">(.*?)</p>', card)
        entries.append(
            (
                text(part(card, '<h3 class="event-title">', "</h3>")),
                text(place[1]) if place else "",
                text(re.search(r'<span class="visually-hidden">(.*?)</span>', card)[1]),
                text(theme[1]) if theme else "",
            )
        )
    return entries


def links_in(html, start, end):
    return [text(link) for link in re.findall(r"<a [^>]*>.*?</a>", part(html, start, end), re.DOTALL)]


def test_everything_but_the_posts_stands_on_the_home_page_and_on_every_page_of_the_feed(client, starter_content):
    with time_machine.travel(SEPTEMBER, tick=False):
        pages = {
            address: client.get(address).content.decode() for address in ("/en/", "/en/news/", "/en/news/?page=2")
        }

    for address, html in pages.items():
        agenda = agenda_of(html)
        assert [entry for entry in agenda if entry in AGENDA] == sorted(AGENDA, key=agenda.index), address
        assert html.count('<section class="board"') == 1
        assert links_in(html, '<nav class="quick-links', "</nav>") == QUICK_LINKS
        assert links_in(html, '<ul class="posters"', "</ul>") == HIGHLIGHTS
        strip = part(html, '<ul class="signs"', "</ul>")
        assert [text(name) for name in re.findall(r"<a .*?</a>", strip)] == NETWORKS
        assert re.findall(r'<a [^>]*lang="(\w+)"', strip) == ["en", "it", "en"]
        follow = text(part(html, "Follow us", "</ul>"))
        assert [label for label in SOCIAL if label in follow] == SOCIAL


def test_the_feed_holds_the_four_posts_of_the_old_page_on_one_page_in_their_order(client, starter_content):
    with time_machine.travel(SEPTEMBER, tick=False):
        assert 'href="/en/news/"' in client.get("/en/").content.decode()
        titles = []
        for number in range(1, 4):
            html = client.get(f"/en/news/?page={number}").content.decode()
            feed = part(html, '<div class="feed">', '<nav class="pagination')
            titles.append([text(title) for title in re.findall(r'<h2 class="card-title">.*?</h2>', feed)])

    [holding] = {tuple(page) for page in titles if POSTS[0] in page}
    first = holding.index(POSTS[0])
    assert list(holding[first : first + 4]) == POSTS


def test_the_newest_focus_experience_leads_the_home_page(client, starter_content):
    html = client.get("/en/").content.decode()

    lead = part(html, '<article class="lead">', "</article>")
    assert text(part(lead, '<h2 class="lead-title">', "</h2>")) == "Municipal School of Sustainability"
    assert "Focus Experience 48" in text(lead)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2025-04-21T23:59:00+02:00", [0, 1, 3, 4, 5]),
        ("2025-04-22T00:00:00+02:00", [0, 1, 2, 3, 4, 5]),
        ("2025-10-15T23:59:00+02:00", [0, 1, 2, 3, 4, 5]),
        ("2025-10-16T00:00:00+02:00", [0, 1, 3, 4, 5]),
        ("2025-12-01T00:00:00+01:00", [0, 1, 3, 5]),
        ("2026-05-30T00:00:00+02:00", [0, 1, 3]),
    ],
)
def test_highlights_come_and_go_by_their_own_dates(client, starter_content, moment, shown):
    with time_machine.travel(moment, tick=False):
        html = client.get("/en/").content.decode()

    assert links_in(html, '<ul class="posters"', "</ul>") == [HIGHLIGHTS[index] for index in shown]


def test_a_season_leaves_the_agenda_when_its_last_day_is_over_where_it_is_held(client, starter_content):
    def shown(moment):
        with time_machine.travel(moment, tick=False):
            return [title for title, *rest in agenda_of(client.get("/en/").content.decode())]

    assert "Meeting of the Italian Network" in shown("2025-11-30T23:59:00+01:00")
    assert "Meeting of the Italian Network" not in shown("2025-12-01T00:00:00+01:00")


def test_fewer_than_five_dates_ahead_are_filled_up_with_the_latest_past_ones(client, starter_content):
    with time_machine.travel("2028-01-15T12:00:00+01:00", tick=False):
        html = client.get("/en/").content.decode()

    board = part(html, '<section class="board"', "</section>")
    coming, past = board.split("Recently")
    assert (coming.count("<article"), past.count("<article")) == (2, 3)
    # "2027" is over only when the year is: later than the International Day in its November.
    assert text(re.search(r"<h4.*?</h4>", past, re.DOTALL)[0]) == "Meeting of the Spanish Network"
