"""The directory of member cities: its form, its maps and its list, which hold the same cities."""

import gzip
import re

import pytest
import time_machine

from networks.models import City
from tests import factories
from tests.networks.map_cities import cities_of_spain, cities_of_the_world

pytestmark = pytest.mark.django_db
PAGE = "/en/cities/"
MAP_CITY = re.compile(r'<a class="map-city" href="([^"]+)"><title>([^<]+)</title>')
LIST_CITY = re.compile(r'<li data-names="[^"]*"><a href="(/en/cities/[^"]+)">')


def make_cities():
    barcelona = factories.make_city(name="Barcelona")
    braga = factories.make_city(name="Braga", country="PT", latitude=41.5, longitude=-8.4)
    factories.make_city(name="Lagoa", region="Algarve", country="PT", latitude=37.1, longitude=-8.5)
    factories.make_city(name="Lagoa", region="Açores", country="PT", latitude=37.7, longitude=-25.6)
    factories.make_city(name="Nowhere", country="ES", latitude=None, longitude=None)
    factories.make_city(name="Draft", state="draft")
    factories.make_city(name="Only a place", listed_as="place")
    factories.make_city(name="Abroad & <b>", country="AR", latitude=-34.6, longitude=-58.4)
    return factories.make_network(members=[barcelona, braga], slug_en="two-cities")


def on_page(client, query=""):
    text = client.get(PAGE + query).content.decode()
    return sorted(href for href, title in MAP_CITY.findall(text)), sorted(LIST_CITY.findall(text)), text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["abroad-b", "barcelona", "braga", "lagoa", "lagoa-acores", "nowhere"]),
        ("?country=PT", ["braga", "lagoa", "lagoa-acores"]),
        ("?network=two-cities", ["barcelona", "braga"]),
        ("?network=two-cities&country=ES", ["barcelona"]),
        ("?q=LAGOA", ["lagoa", "lagoa-acores"]),
        ("?q=lagoa&country=ES", []),
        ("?q=&country=&network=", ["abroad-b", "barcelona", "braga", "lagoa", "lagoa-acores", "nowhere"]),
    ],
)
def test_map_and_list_hold_the_cities_of_the_choice(client, query, found):
    make_cities()

    on_map, in_list, _text = on_page(client, query)

    assert in_list == sorted(f"/en/cities/{slug}/" for slug in found)
    assert on_map == [address for address in in_list if "nowhere" not in address]


def test_every_point_is_named_so_that_cities_of_one_name_can_be_told(client):
    make_cities()

    names = [name for href, name in MAP_CITY.findall(on_page(client)[2])]

    assert sorted(names) == [
        "Abroad &amp; &lt;b&gt;, Argentina",
        "Barcelona, Spain",
        "Braga, Portugal",
        "Lagoa (Algarve), Portugal",
        "Lagoa (Açores), Portugal",
    ]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "6 cities in 3 countries, as of 3 March 2026."),
        ("?country=PT", '3 cities in 1 country, as of 3 March 2026. <a href="/en/cities/">Show all</a>'),
        ("?q=braga", '1 city found for “braga”. <a href="/en/cities/">Show all</a>'),
    ],
)
def test_the_count_is_that_of_the_data(client, query, sentence):
    with time_machine.travel("2026-03-03T12:00+00:00", tick=False):
        make_cities()

    found = re.search(r'<p class="lede"[^>]*>(.*?)</p>', on_page(client, query)[2])

    assert found[1] == sentence


@time_machine.travel("2026-06-15T12:00+00:00", tick=False)
@pytest.mark.parametrize(
    ("change", "day"),
    [
        ({}, "1 January 2026"),
        ({"updated_at": "2026-05-01T12:00Z"}, "1 May 2026"),
        ({"publish_at": "2026-05-02T12:00Z"}, "2 May 2026"),
        ({"withdraw_at": "2026-05-03T22:30Z"}, "4 May 2026"),
        ({"publish_at": "2026-07-01T12:00Z"}, "1 January 2026"),
        ({"updated_at": "2026-05-04T12:00Z", "state": "draft"}, "4 May 2026"),
        ({"updated_at": "2026-05-05T12:00Z", "listed_as": "place"}, "1 January 2026"),
    ],
)
def test_the_count_is_as_of_the_latest_change_that_concerns_it(client, change, day):
    make_cities()
    City.objects.update(updated_at="2026-01-01T12:00Z")
    City.objects.filter(slug="braga").update(**change)

    sentence = re.search(r'<p class="lede"[^>]*>(.*?)</p>', on_page(client)[2])[1]

    assert sentence.partition(", as of ")[2] == f"{day}."


@pytest.mark.parametrize("count", [500, 1000])
def test_the_maps_are_light_with_every_city_on_them(client, count):
    City.objects.bulk_create([*cities_of_spain(count // 2), *renamed(cities_of_the_world(count // 2))])

    for query in ("", "?country=ES"):
        figure = re.search(r'<figure class="map-figure">.*?</figure>', on_page(client, query)[2], re.S)[0]
        assert len(gzip.compress(figure.encode())) <= 60_000


def renamed(cities):
    for city in cities:
        city.slug = f"{city.slug}-of-the-world"
    return cities


@pytest.mark.parametrize("query", ["?country=XX", "?country=es", "?network=none", "?network=a%20b"])
def test_a_country_or_network_that_there_is_not_is_not_found(client, query):
    make_cities()

    assert client.get(PAGE + query).status_code == 404


def test_the_form_offers_what_leads_to_cities(client):
    make_cities()
    factories.make_network(official_name="Empty")
    factories.make_network(members=[City.objects.get(slug="draft")], official_name="Of drafts")
    factories.make_network(members=[City.objects.get(slug="braga")], official_name="Draft", state="draft")

    form = client.get(PAGE + "?country=PT").context["form"]

    assert [(option.value, option.chosen) for option in form.countries] == [("AR", False), ("PT", True), ("ES", False)]
    assert [(option.value, option.chosen) for option in form.networks] == [("two-cities", False)]


def test_a_network_shows_its_members_on_a_map(client):
    network = make_cities()

    text = client.get(network.get_absolute_url()).content.decode()

    assert sorted(href for href, title in MAP_CITY.findall(text)) == ["/en/cities/barcelona/", "/en/cities/braga/"]


def test_five_hundred_cities_and_their_map_weigh_less_than_60_kb(client):
    for number in range(500):
        latitude, longitude = -50 + number * 37 % 120 + number / 500, -170 + number * 71 % 340 + number / 500
        factories.make_city(name=f"Some city {number * 7919 % 1000}", latitude=latitude, longitude=longitude)

    on_map, in_list, text = on_page(client)

    assert len(on_map) == len(in_list) == 500
    assert len(gzip.compress(text.encode())) <= 60_000
