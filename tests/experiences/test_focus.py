"""The Focus Experience series: the newest on the home page, an index by number, neighbours, and the bank's record."""

import re

import pytest

from publishing.models import State
from tests import factories

pytestmark = pytest.mark.django_db


def numbers_in(html):
    index = re.search(r'<nav class="no-print" aria-label="Issues by number">(.*?)</nav>', html, re.DOTALL)
    return [int(number) for number in re.findall(r">(\d+)</a>", index[1])]


def test_the_index_names_every_public_issue_by_its_number(client):
    for number in range(20, 34):
        factories.make_focus_issue(number=number)
    factories.make_focus_issue(number=40, state=State.DRAFT)
    factories.make_focus_issue(number=41, experience=factories.make_experience(state=State.DRAFT))

    for query in ("", "?page=2"):
        html = client.get(f"/en/focus-experience/{query}").content.decode()
        assert numbers_in(html) == [*range(33, 19, -1)]


def test_the_home_page_leads_with_the_newest_issue(client):
    factories.make_focus_issue(number=24)
    newest = factories.make_focus_issue(number=25)
    factories.make_focus_issue(number=26, state=State.DRAFT)

    html = client.get("/en/").content.decode()

    assert re.findall(r'<h2 class="lead-title"><a href="([^"]+)"', html) == [newest.get_absolute_url()]


def test_an_issue_leads_to_its_neighbours(client):
    for number in (24, 26, 29):
        factories.make_focus_issue(number=number)
    factories.make_focus_issue(number=27, state=State.DRAFT)

    html = client.get("/en/focus-experience/26/").content.decode()

    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', html) == [
        ("prev", "/en/focus-experience/24/"),
        ("next", "/en/focus-experience/29/"),
    ]


def test_an_issue_leads_to_its_record_in_the_languages_that_exist(client):
    record = factories.make_experience(title_en="Trees", title_ca="Arbres", title_pt="Árvores")
    issue = factories.make_focus_issue(experience=record)

    html = client.get(f"/ca/experiencia-destacada/{issue.number}/").content.decode()

    links = re.search(r'<p class="focus-record no-print">.*?</p>', html)[0]
    assert re.findall(r'<a href="([^"]+)" lang="(\w\w)" hreflang="\2">([^<]+)</a>', links) == [
        ("/ca/banc-d-experiencies/arbres/", "ca", "català"),
        ("/en/bank-of-experiences/trees/", "en", "English"),
        ("/pt/banco-de-experiencias/arvores/", "pt", "português"),
    ]


def test_a_number_that_no_issue_has_is_no_page(client):
    factories.make_focus_issue(number=24)

    numbers = ("0", "25", "024", "99999999999999999999999")
    assert {number: client.get(f"/en/focus-experience/{number}/").status_code for number in numbers} == {
        "0": 404,
        "25": 404,
        "024": 200,
        "99999999999999999999999": 404,
    }
