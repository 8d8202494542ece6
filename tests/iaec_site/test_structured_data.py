"""The home page says who the association is and how its site is searched; browsers can take the search up."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests import factories

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOST = "http://testserver"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def on_page(client, address):
    return [json.loads(text) for text in BLOCK.findall(client.get(address).content.decode())]


def test_the_association_and_its_site_in_the_language_of_the_page(client):
    factories.make_site_identity(
        name_es="Asociación Internacional de Ciudades Educadoras",
        acronym_es="AICE",
        seat_city=factories.make_city(name="Barcelona"),
        street="C. Avinyó, 15",
        postal_code="08002",
        phone="+34 933 427 720",
        email="office@example.org",
    )
    factories.make_social_link()
    factories.make_social_link(url="", label="Only a name")

    organization, website = on_page(client, "/es/")

    logo = organization.pop("logo")
    assert re.fullmatch(r"http://testserver/static/img/apple-touch-icon[.\w]*\.png", logo)
    assert organization == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Asociación Internacional de Ciudades Educadoras",
        "alternateName": ["AICE", "IAEC", "International Association of Educating Cities"],
        "url": f"{HOST}/es/",
        "email": "office@example.org",
        "telephone": "+34 933 427 720",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "C. Avinyó, 15",
            "postalCode": "08002",
            "addressLocality": "Barcelona",
            "addressCountry": "ES",
        },
        "sameAs": ["https://example.org/@cities"],
    }
    with override("es"):
        search = reverse("search")
    assert website == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "Asociación Internacional de Ciudades Educadoras",
        "alternateName": "AICE",
        "url": f"{HOST}/es/",
        "inLanguage": "es",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{HOST}{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def test_a_site_without_a_name_says_nothing(client):
    assert on_page(client, "/en/") == []


@pytest.mark.parametrize("language", ["en", "es", "fr", "ca", "pt"])
def test_browsers_find_the_search(client, language):
    factories.make_site_identity(acronym_en="A & <longer> acronym", name_en="Cities & more")
    html = client.get(f"/{language}/").content.decode()
    address = re.search(r'<link rel="search" type="application/opensearchdescription\+xml"[^>]* href="([^"]+)"', html)[
        1
    ]

    response = client.get(address)
    root = ElementTree.fromstring(response.content)

    assert response.headers["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    assert root.findtext(f"{OPENSEARCH}ShortName") == "A & <longer> acronym"[:16]
    assert root.findtext(f"{OPENSEARCH}Description") == "Cities & more"
    assert root.findtext(f"{OPENSEARCH}Language") == language
    template = root.find(f"{OPENSEARCH}Url").get("template")
    assert client.get(template.replace("{searchTerms}", "city")).status_code == 200
