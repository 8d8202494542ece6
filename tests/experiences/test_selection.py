"""The choice as it stands in an address: one spelling, values that lead somewhere, and nothing that breaks a page."""

import re

import pytest
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import override

from experiences.facet_index import facet_index
from experiences.selection import read_selection
from publishing.models import State
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/en/bank-of-experiences/"


@pytest.fixture
def network():
    return factories.make_network(slug_en="lab", slug_es="laboratorio")


@pytest.fixture
def bank(network):
    city = factories.make_city(name="Granollers")
    factories.make_membership(city=city, network=network)
    record = factories.make_experience(city=city, started="2013", title_ca="Arbres")
    record.themes.set([factories.make_theme(key="culture", name_en="Culture"), factories.make_theme(key="youth")])
    record.sdgs.add(factories.make_sdg(number=4), factories.make_sdg(number=11))
    record.charter_principles.add(factories.make_charter_principle(number=9))
    record.target_groups.add(factories.make_target_group(key="students"))
    return record


def read(text):
    return read_selection(QueryDict(text), facet_index(), timezone.now())


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("", {}),
        ("theme=&q=+&country=", {}),
        ("sdg=11&theme=youth&theme=culture&sdg=4&theme=youth", {"theme": ["culture", "youth"], "sdg": ["4", "11"]}),
        ("country=PT&country=ES", {"country": ["ES", "PT"]}),
        ("q=++two%0A+words%00&year=2013", {"q": "two words", "year": ["2013"]}),
        ("q=" + "x" * 5000, {"q": "x" * 200}),
        ("network=laboratorio&city=granollers", {"city": ["granollers"], "network": ["lab"]}),
        ("city=Granollers", {"city": ["granollers"]}),
        ("language=ca&target_group=students&principle=9", {
            "target_group": ["students"], "principle": ["9"], "language": ["ca"],
        }),
        ("utm_source=letter&view=table&page=2", {}),
        ("year=1999&country=FR", {"country": ["FR"], "year": ["1999"]}),
    ],
)  # fmt: skip
def test_a_choice_has_one_spelling(bank, written, canonical):
    assert read(written).query() == canonical


@pytest.mark.parametrize(
    "query",
    [
        "theme=nothing",
        "theme=culture&theme=nothing",
        "theme=1",
        "theme=%27%20OR%201=1",
        "sdg=99",
        "sdg=four",
        "sdg=4%004",
        "sdg=04",
        "sdg=9999999999999999999999",
        "principle=-1",
        "target_group=%F0%9F%98%80",
        "country=XX",
        "country=es",
        "city=nowhere",
        "city=" + "a" * 3000,
        "city=%00",
        "network=nobody",
        "network=1",
        "year=20133",
        "year=٢٠١٣",
        "year=0x7DD",
        "language=xx",
        "language=ko",
        "view=list",
        "view=table%0d%0aSet-Cookie:x",
    ],
)
def test_a_value_that_names_nothing_is_no_page(client, bank, query):
    forms = ("", "data.json", "data.csv", "principles-and-goals/")
    statuses = {form: client.get(f"{PAGE}{form}?{query}").status_code for form in forms}
    statuses["atom"] = client.get(f"/en/bank-of-experiences.atom?{query}").status_code

    assert statuses == dict.fromkeys([*forms, "atom"], 404)


@pytest.mark.parametrize(
    "query",
    [
        "q=%27%22%3Cscript%3E",
        "q=%F0%9F%98%80",
        "q=%ff%fe",
        "q=%25_%5C*%22AND",
        "q=" + "%20".join(["word"] * 300),
        "page=99999999999999999999",
        "page=-1",
        "page=x",
        "&".join(["theme=culture"] * 400),
        "theme[]=culture&q[]=x",
    ],
)
def test_whatever_else_stands_in_an_address_gets_a_page(client, bank, query):
    for form in ("", "data.json", "data.csv", "principles-and-goals/"):
        assert client.get(f"{PAGE}{form}?{query}").status_code == 200


def test_cities_and_networks_keep_their_choice_when_their_address_changes(bank, network):
    network.slug_en = "workshop"
    network.save()
    bank.city.slug = "granollers-city"
    bank.city.save()

    assert read("network=lab&city=granollers").query() == {"city": ["granollers-city"], "network": ["workshop"]}


def test_a_city_or_network_that_nobody_may_see_is_no_choice():
    factories.make_network(slug_en="secret", state=State.DRAFT)
    factories.make_city(name="Hidden", state=State.DRAFT)

    for query in ("network=secret", "city=hidden"):
        with pytest.raises(Http404):
            read(query)


def test_the_same_choice_has_an_address_in_each_language(bank):
    selection = read("network=lab&theme=culture")

    assert selection.query("es") == {"theme": ["culture"], "network": ["laboratorio"]}
    with override("es"):
        assert selection.address("/x/") == "/x/?theme=culture&network=laboratorio"


def test_search_engines_keep_single_choices_only(client, bank):
    kept = {
        query: '<meta name="robots" content="noindex">' not in client.get(f"{PAGE}?{query}").content.decode()
        for query in ("", "theme=culture", "theme=culture&sdg=4", "q=arbres", "view=table", "year=1999")
    }

    assert kept == dict.fromkeys(kept, False) | {"": True, "theme=culture": True}


def test_the_canonical_address_is_in_the_one_spelling(client, bank):
    html = client.get(f"{PAGE}?utm_source=x&sdg=11&theme=youth&sdg=4&theme=culture").content.decode()

    assert re.search(r'<link rel="canonical" href="([^"]+)"', html)[1] == (
        "http://testserver/en/bank-of-experiences/?theme=culture&amp;theme=youth&amp;sdg=4&amp;sdg=11"
    )
