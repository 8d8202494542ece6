"""Feeds and downloads hold exactly the result of the page, are safe in a spreadsheet, and cost nothing when known."""

import csv
import io
import json
import re
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from experiences.data import CSV_COLUMNS
from experiences.models import Experience
from publishing.models import State
from tests import factories
from tests.experiences.records import described, fits, make_bank, random_choice

pytestmark = pytest.mark.django_db
PAGE = "/en/bank-of-experiences/"
ATOM = "{http://www.w3.org/2005/Atom}"


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows_of(response):
    return list(csv.DictReader(io.StringIO(body_of(response).decode())))


def test_every_form_holds_exactly_the_result(client):
    dice = make_bank(21, size=60)
    records = described(timezone.now())
    for _ in range(12):
        chosen = random_choice(dice, records)
        query = urlencode(chosen, doseq=True)
        expected = [
            "http://testserver" + Experience.objects.get(pk=pk).get_absolute_url()
            for pk in sorted(records, reverse=True)
            if fits(records[pk], chosen)
        ]

        data = json.loads(client.get(f"{PAGE}data.json?{query}").content)
        table = rows_of(client.get(f"{PAGE}data.csv?{query}"))
        atom = ElementTree.fromstring(client.get(f"/en/bank-of-experiences.atom?{query}").content)
        feed = json.loads(client.get(f"/en/bank-of-experiences.json?{query}").content)

        assert [item["url"] for item in data["items"]] == expected
        assert data["total"] == len(expected)
        assert [row["url"] for row in table] == expected
        assert [link.get("href") for link in atom.findall(f"{ATOM}entry/{ATOM}link")] == expected
        assert [item["url"] for item in feed["items"]] == expected


def test_the_page_names_its_forms(client):
    factories.make_experience(country="PT")

    html = client.get(f"{PAGE}?country=PT&view=table").content.decode()

    assert re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]*" href="([^"]+)">', html) == [
        ("application/atom+xml", "http://testserver/en/bank-of-experiences.atom?country=PT"),
        ("application/feed+json", "http://testserver/en/bank-of-experiences.json?country=PT"),
        ("text/csv", "http://testserver/en/bank-of-experiences/data.csv?country=PT"),
        ("application/json", "http://testserver/en/bank-of-experiences/data.json?country=PT"),
    ]


def make_full_record():
    city = factories.make_city(name="Granollers")
    factories.make_membership(city=city, network=factories.make_network(slug_en="lab"))
    record = factories.make_experience(
        city=city,
        title_en="Trees",
        title_ca="Arbres",
        summary_en="A summary",
        started="2013~",
        award_year=2016,
        country="ES",
    )
    record.themes.add(factories.make_theme(key="culture"), factories.make_theme(key="youth"))
    record.target_groups.add(factories.make_target_group(key="students"))
    record.sdgs.add(factories.make_sdg(number=4), factories.make_sdg(number=11))
    record.charter_principles.add(factories.make_charter_principle(number=9))
    factories.make_focus_issue(experience=record, number=48)
    return record


def test_a_record_as_json(client):
    factories.make_site_identity()
    make_full_record()

    data = json.loads(client.get(f"{PAGE}data.json").content)

    item = data["items"][0]
    updated = item.pop("updated")
    assert item == {
        "url": "http://testserver/en/bank-of-experiences/trees/",
        "urls": {
            "en": "http://testserver/en/bank-of-experiences/trees/",
            "ca": "http://testserver/ca/banc-d-experiencies/arbres/",
        },
        "title": {"en": "Trees", "ca": "Arbres"},
        "summary": {"en": "A summary"},
        "source_language": "en",
        "city": {"name": "Granollers", "slug": "granollers"},
        "country": "ES",
        "started": "2013~",
        "award_year": 2016,
        "themes": ["culture", "youth"],
        "target_groups": ["students"],
        "sdgs": [4, 11],
        "charter_principles": [9],
        "networks": ["lab"],
        "focus_issue": 48,
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", updated)
    assert data["licence"] == {
        "name": "Creative Commons Attribution 4.0 (CC BY 4.0)",
        "url": "https://creativecommons.org/licenses/by/4.0/",
        "attribution": "International Association of Educating Cities",
    }


def test_a_record_as_a_row(client):
    make_full_record()

    response = client.get("/ca/banc-d-experiencies/data.csv")

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["Content-Disposition"] == 'attachment; filename="experiences-ca.csv"'
    [row] = rows_of(response)
    assert tuple(row) == CSV_COLUMNS
    row.pop("updated")
    assert row == {
        "url": "http://testserver/ca/banc-d-experiencies/arbres/",
        "title": "Arbres",
        "title_language": "ca",
        "summary": "A summary",
        "summary_language": "en",
        "city": "Granollers",
        "country": "ES",
        "started": "2013~",
        "award_year": "2016",
        "themes": "culture; youth",
        "target_groups": "students",
        "sdgs": "4; 11",
        "charter_principles": "9",
        "networks": row["networks"],
        "languages": "en; ca",
        "source_language": "en",
        "focus_issue": "48",
    }


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", '=HYPERLINK("x")', "＝1"])
def test_no_cell_is_a_formula(client, title):
    factories.make_experience(title_en=title, summary_en=title)

    [row] = rows_of(client.get(f"{PAGE}data.csv"))

    assert (row["title"], row["summary"]) == (f"'{title}", f"'{title}")


def test_json_comes_in_pages_that_name_each_other(client):
    city = factories.make_city()
    for number in range(230):
        factories.make_experience(title_en=f"Record {number}", city=city, country="PT")
    found, address = [], f"http://testserver{PAGE}data.json?country=PT"
    for number in (1, 2, 3):
        response = client.get(address)
        data = json.loads(response.content)
        assert (data["page"], data["pages"], data["per_page"], data["total"]) == (number, 3, 100, 230)
        links = dict(re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers["Link"]))
        assert {name: link for link, name in links.items()}.get("next") == data["next"]
        found += [item["url"] for item in data["items"]]
        address = data["next"]

    assert address is None
    assert len(set(found)) == len(found) == 230
    assert data["previous"] == f"http://testserver{PAGE}data.json?country=PT&page=2"
    assert [len(rows_of(client.get(f"{PAGE}data.csv{query}"))) for query in ("", "?page=1", "?page=3")] == [
        230,
        100,
        30,
    ]


@pytest.mark.parametrize("form", [f"{PAGE}data.json", f"{PAGE}data.csv", "/en/bank-of-experiences.atom"])
def test_what_is_known_is_not_sent_again(client, form):
    record = factories.make_experience()
    first = client.get(form)
    body_of(first)
    tag = first.headers["ETag"]

    again = client.get(form, headers={"if-none-match": tag})
    weak = client.get(form, headers={"if-none-match": f"W/{tag}"})
    record.title_en = "Another title"
    record.save()
    changed = client.get(form, headers={"if-none-match": tag})

    assert (again.status_code, weak.status_code, changed.status_code) == (304, 304, 200)
    assert again.headers["ETag"] == tag
    assert changed.headers["ETag"] != tag


def test_a_file_changes_its_tag_with_what_is_visible(client):
    record = factories.make_experience()
    other = factories.make_experience()
    tags = {client.get(f"{PAGE}data.csv").headers["ETag"]}
    record.themes.add(factories.make_theme())
    tags.add(client.get(f"{PAGE}data.csv").headers["ETag"])
    Experience.objects.filter(pk=other.pk).update(state=State.DRAFT)
    tags.add(client.get(f"{PAGE}data.csv").headers["ETag"])
    tags.add(client.get(f"{PAGE}data.csv?language=en").headers["ETag"])

    assert len(tags) == 4


def test_a_file_costs_the_same_queries_for_any_number_within_a_batch(client, django_assert_num_queries):
    for _ in range(20):
        factories.make_experience().themes.add(factories.make_theme())
    client.get(f"{PAGE}data.csv")

    # Versions, tick box, the licence's name; records, issues.
    with django_assert_num_queries(5):
        assert len(rows_of(client.get(f"{PAGE}data.csv"))) == 20


def test_what_is_data_is_for_everybody(client):
    for form in ("data.json", "data.csv"):
        response = client.get(PAGE + form)
        body_of(response)
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert 'rel="license"' in response.headers["Link"]
        assert client.head(PAGE + form).status_code == 200
        assert client.post(PAGE + form).status_code == 405


def test_the_series_as_data_and_feeds(client):
    record = make_full_record()
    factories.make_focus_issue(number=47, state=State.DRAFT)
    address = "http://testserver/en/focus-experience/48/"

    data = json.loads(client.get("/en/focus-experience/data.json").content)
    [row] = rows_of(client.get("/en/focus-experience/data.csv"))
    atom = ElementTree.fromstring(client.get("/en/focus-experience.atom").content)
    feed = json.loads(client.get("/en/focus-experience.json").content)

    assert [item["url"] for item in data["items"]] == [address]
    assert data["items"][0]["record_url"] == "http://testserver" + record.get_absolute_url()
    assert (row["number"], row["title"], row["url"]) == ("48", "Trees", address)
    assert [entry.findtext(f"{ATOM}title") for entry in atom.findall(f"{ATOM}entry")] == ["48. Trees"]
    assert [item["_focus_experience"] for item in feed["items"]] == [{"number": 48, "date": None}]


def test_the_page_about_open_data_names_every_address(client):
    html = client.get("/en/open-data/").content.decode()

    links = re.findall(r'<a href="http://testserver([^"]+)"><code>', html)
    assert links[:8] == [
        "/en/bank-of-experiences/data.csv",
        "/en/bank-of-experiences/data.json",
        "/en/bank-of-experiences.atom",
        "/en/bank-of-experiences.json",
        "/en/focus-experience/data.csv",
        "/en/focus-experience/data.json",
        "/en/focus-experience.atom",
        "/en/focus-experience.json",
    ]
    assert [client.get(link).status_code for link in links[:8]] == [200] * 8
