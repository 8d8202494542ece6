"""How the structured data of an event stand in its page."""

import json
import re

import pytest
from django.utils.translation import override

from tests.factories import make_city, make_edition, make_event, make_network, make_picture, make_site_identity

pytestmark = pytest.mark.django_db

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def on_page(client, address):
    return [json.loads(text) for text in BLOCK.findall(client.get(address).content.decode())]


@pytest.mark.parametrize("date", ["2025-11", "XXXX"])
def test_there_is_no_block_where_nothing_is_said(client, date):
    assert on_page(client, make_event(date=date).get_absolute_url()) == []


HOSTILE = '</script><script>alert(1)</script><!-- & "quoted" \\ \u2028'


def test_no_text_can_end_the_block(client):
    make_site_identity(name_en=HOSTILE)
    event = make_event(title_en=HOSTILE, summary_en=HOSTILE, theme_en=HOSTILE, place=HOSTILE)

    html = client.get(event.get_absolute_url()).content.decode()

    (block,) = BLOCK.findall(html)
    assert set("<>&") & set(block) == set()
    data = json.loads(block)
    assert (data["name"], data["description"], data["location"]["name"]) == (HOSTILE, HOSTILE, HOSTILE)
    assert data["organizer"]["name"] == HOSTILE
    assert re.findall(r"<script(?![^>]*(?:\ssrc=|ld\+json))", html) == []


def test_the_page_names_itself_its_picture_and_the_association(client):
    make_site_identity()
    drawn, pictured = make_event(), make_event(picture=make_picture())

    (data,) = on_page(client, drawn.get_absolute_url())
    (with_picture,) = on_page(client, pictured.get_absolute_url())

    html = client.get(drawn.get_absolute_url()).content.decode()
    assert data["url"] == f"http://testserver{drawn.get_absolute_url()}"
    assert data["image"] == re.findall(r'<meta property="og:image" content="([^"]+)">', html)
    assert with_picture["image"] == [
        f"http://testserver{pictured.picture.url_of(pictured.picture.fallback)}",
    ]
    assert data["organizer"] == {
        "@type": "Organization",
        "name": "International Association of Educating Cities",
        "url": "http://testserver/en/",
    }


def test_a_page_in_another_language_names_the_original(client):
    event = make_event(title_en=None, title_es="Encuentro", source_language="es")

    with override("fr"):
        address = event.get_absolute_url()
    (data,) = on_page(client, address)

    with override("es"):
        assert (data["url"], data["inLanguage"]) == (f"http://testserver{event.get_absolute_url()}", "es")


def test_the_data_cost_no_query(client, django_assert_num_queries):
    make_site_identity()
    event = make_event(
        date="2030-05-03", city=make_city(), network=make_network(), edition=make_edition(), picture=make_picture()
    )
    vague = make_event(
        date="2030-05", city=make_city(), network=make_network(), edition=make_edition(), picture=make_picture()
    )
    for _ in range(5):
        make_event(date="2040-01-01")

    for item in (vague, event):
        with django_assert_num_queries(5 + 2):  # the frame; the event, posts about it
            client.get(item.get_absolute_url())


@pytest.mark.django_db(transaction=True)
def test_a_browser_leaves_the_block_alone(page, live_server):
    event = make_event(title_en="</script><script>document.title='run'</script>")

    page.goto(live_server.url + event.get_absolute_url())

    assert page.errors == []
    assert page.title().startswith("</script>")
    assert page.evaluate("JSON.parse(document.querySelector('script[type$=\"ld+json\"]').text).name") == event.title_en
