"""A city's page says what and where the city is."""

import json
import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def on_page(client, address):
    return [json.loads(text) for text in BLOCK.findall(client.get(address).content.decode())]


def test_a_district_with_everything_known(client):
    factories.make_city(
        name="Dalseo-gu",
        name_local="달서구",
        name_local_language="ko",
        exonym_fr="Dalseo",
        part_of="Daegu",
        region="Yeongnam",
        country="KR",
        latitude=35.83,
        longitude=128.53,
        geonames_id=1835329,
        website="https://www.dalseo.example/",
        official_names=[{"language": "en", "text": "Dalseo District"}],
    )

    assert on_page(client, "/fr/villes/dalseo-gu/") == [
        {
            "@context": "https://schema.org",
            "@type": "Place",
            "name": "Dalseo-gu",
            "alternateName": ["달서구", "Dalseo District", "Dalseo"],
            "url": "http://testserver/fr/villes/dalseo-gu/",
            "geo": {"@type": "GeoCoordinates", "latitude": 35.83, "longitude": 128.53},
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Daegu",
                "addressRegion": "Yeongnam",
                "addressCountry": "KR",
            },
            "containedInPlace": {"@type": "City", "name": "Daegu"},
            "sameAs": ["https://www.geonames.org/1835329/", "https://www.dalseo.example/"],
        }
    ]


def test_nothing_is_said_that_is_not_known(client):
    city = factories.make_city(name="Lagoa", country="PT", latitude=None, longitude=None)

    assert on_page(client, city.get_absolute_url()) == [
        {
            "@context": "https://schema.org",
            "@type": "Place",
            "name": "Lagoa",
            "url": "http://testserver/en/cities/lagoa/",
            "address": {"@type": "PostalAddress", "addressLocality": "Lagoa", "addressCountry": "PT"},
        }
    ]


def test_no_name_can_end_the_block(client):
    hostile = '</script><script>alert(1)</script><!-- & "'
    city = factories.make_city(name=hostile, slug="hostile")

    html = client.get(city.get_absolute_url()).content.decode()

    (block,) = BLOCK.findall(html)
    assert set("<>&") & set(block) == set()
    assert json.loads(block)["name"] == hostile
    assert "alert(1)</script>" not in html


def test_a_city_on_the_equator_has_its_point(client):
    city = factories.make_city(name="Null", latitude=0.0, longitude=0.0)

    (data,) = on_page(client, city.get_absolute_url())

    assert data["geo"] == {"@type": "GeoCoordinates", "latitude": 0.0, "longitude": 0.0}
