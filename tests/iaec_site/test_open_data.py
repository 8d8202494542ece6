"""The lists as data: just what the page beside them lists, in JSON and CSV alike, with terms, pages and tags."""

import csv
import io
import json
import re

import pytest

from agenda.models import Event
from editions.models import Edition
from networks.models import City, Network
from news.models import Post
from publications.models import Publication
from publishing.models import State
from tests import factories

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
SERIES = "/en/editions/congress/"


def rows_of(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return list(csv.DictReader(io.StringIO(body.decode())))


def items_of(client, address):
    return json.loads(client.get(address).content)["items"]


def add_event(**fields):
    network = factories.make_network()
    return factories.make_event(city=factories.make_city(), network=network, **{"date": "2040-05-01"} | fields)


def add_post(**fields):
    post = factories.make_post(**fields)
    post.categories.add(factories.make_category())
    post.networks.add(factories.make_network())
    return post


def add_publication(**fields):
    series, edition = factories.make_publication_series(), factories.make_edition()
    publication = factories.make_publication(series=series, edition=edition, **fields)
    publication.networks.add(factories.make_network())
    return publication


def add_network(**fields):
    parent = factories.make_network(state=State.DRAFT)
    members = [factories.make_city()]
    return factories.make_network(parent_network=parent, coordinating_city=members[0], members=members, **fields)


def add_city(**fields):
    city = factories.make_city(**fields)
    factories.make_membership(city=city, network=factories.make_network(state=State.DRAFT))
    return city


def add_edition(**fields):
    edition = factories.make_edition(host_city=factories.make_city(), **fields)
    factories.make_figure(edition=edition)
    factories.make_recognition(edition=edition)
    return edition


# Address of the list, how one is made, its model, a text of it and how the column is called; its queries: the site's
# name, and what is listed here. CSV does not count its rows and reads no keys.
LISTS = {
    "events": ("/en/agenda/", add_event, Event, "title_en", "title", 1),
    "news": ("/en/news/", add_post, Post, "title_en", "title", 3),
    "networks": ("/en/networks/", add_network, Network, "official_name", "official_name", 1),
    "cities": ("/en/cities/", add_city, City, "region", "region", 2),
    # Publications, their files and networks.
    "publications": ("/en/publications/", add_publication, Publication, "summary_en", "summary", 3),
    "editions": (SERIES, add_edition, Edition, "theme_en", "theme", 5),
}
each_list = pytest.mark.parametrize("name", LISTS)


@each_list
def test_what_is_known_is_not_sent_again(client, name):
    page, add, _, field, *_ = LISTS[name]
    item = add()
    for form in ("data.json", "data.csv"):
        first = client.get(page + form)
        rows_of(first)
        tag = first.headers["ETag"]
        again = client.get(page + form, headers={"if-none-match": tag})
        setattr(item, field, f"Another for {form}")
        item.save()
        changed = client.get(page + form, headers={"if-none-match": tag})

        assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
        assert changed.headers["ETag"] != tag
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert first.headers["X-Robots-Tag"] == "noindex"
        licences = re.findall(r'<([^>]+)>; rel="license"', first.headers["Link"])
        assert licences == ["https://creativecommons.org/licenses/by/4.0/"]
        assert client.post(page + form).status_code == 405


@each_list
@pytest.mark.parametrize("text", ["=1+1", "  =1", "@SUM(A1)", "-1", "＝1"])
def test_no_cell_is_a_formula(client, name, text):
    page, add, _, field, column, _ = LISTS[name]
    item = add(**{field: text})

    cells = [row[column] for row in rows_of(client.get(f"{page}data.csv"))]

    assert [cell for cell in cells if cell.lstrip("' ") == text.lstrip()] == [f"'{text}"]
    assert text in [value if isinstance(value, str) else value.get("en") for value in values(client, page, column)]
    item.delete()


def values(client, page, column):
    return [item[column] for item in items_of(client, f"{page}data.json") if item[column]]


@each_list
def test_json_and_csv_hold_the_same_in_pages_that_name_each_other(client, name, monkeypatch):
    monkeypatch.setattr("translations.data_lists.PAGE_SIZE", 2)
    page, add, *_ = LISTS[name]
    for _ in range(3):
        add()
    found, address = [], f"{HOST}{page}data.json"
    while address:
        response = client.get(address)
        data = json.loads(response.content)
        following = re.findall(r'<([^>]+)>; rel="next"', response.headers["Link"])
        assert following == ([data["next"]] if data["next"] else [])
        found += [item["url"] for item in data["items"]]
        address = data["next"]

    assert [row["url"] for row in rows_of(client.get(f"{page}data.csv"))] == found
    assert [row["url"] for row in rows_of(client.get(f"{page}data.csv?page=2"))] == found[2:4]
    assert (data["total"], data["per_page"], data["page_url"]) == (len(found), 2, HOST + page)
    assert len(set(found)) == len(found) >= 3


@each_list
@pytest.mark.parametrize("count", [1, 10])
def test_a_list_as_data_needs_the_same_queries_for_any_number(client, django_assert_num_queries, name, count):
    page, add, *_, own = LISTS[name]
    for _ in range(count):
        add()

    with django_assert_num_queries(own + 1):
        rows_of(client.get(f"{page}data.csv"))
    with django_assert_num_queries(own + 1 + 2):  # count and keys
        client.get(f"{page}data.json")


@each_list
def test_drafts_are_not_told(client, name):
    page, add, model, *_ = LISTS[name]
    item = add()
    model.objects.update(state=State.DRAFT)
    model.objects.filter(pk=item.pk).update(state=State.PUBLISHED)

    address = HOST + item.get_absolute_url()
    assert [row["url"] for row in rows_of(client.get(f"{page}data.csv"))] == [address]
    assert [one["url"] for one in items_of(client, f"{page}data.json")] == [address]


@each_list
def test_the_list_leads_to_its_data_and_these_to_the_list(client, name):
    page, add, *_ = LISTS[name]
    add()

    html = client.get(page).content.decode()

    assert re.findall(r'<a href="([^"]+/data\.\w+)">', html) == [f"{HOST}{page}data.csv", f"{HOST}{page}data.json"]
    assert json.loads(client.get(f"{page}data.json").content)["page_url"] == HOST + page


def test_the_page_about_open_data_names_every_address_and_column(client):
    add_edition()
    factories.make_series(key="award")
    factories.make_series(key="focus_experience")

    html = client.get("/en/open-data/").content.decode()

    links = re.findall(r'<a href="http://testserver([^"]+)"><code>', html)[8:]
    assert links == [
        "/en/agenda/data.csv",
        "/en/agenda/data.json",
        "/en/agenda.atom",
        "/en/agenda.json",
        "/en/news/data.csv",
        "/en/news/data.json",
        "/en/news.atom",
        "/en/news.json",
        "/en/publications/data.csv",
        "/en/publications/data.json",
        "/en/publications.atom",
        "/en/publications.json",
        "/en/networks/data.csv",
        "/en/networks/data.json",
        "/en/cities/data.csv",
        "/en/cities/data.json",
        "/en/editions/congress/data.csv",
        "/en/editions/congress/data.json",
        "/en/editions/award/data.csv",
        "/en/editions/award/data.json",
    ]
    assert [client.get(link).status_code for link in links] == [200] * 20
    for page, *_ in LISTS.values():
        header = b"".join(client.get(f"{page}data.csv").streaming_content).decode().splitlines()[0].split(",")
        assert set(header) - set(re.findall(r"<code>(\w+)</code>", html)) == set()
