"""Where readers find the calendars and feeds, and that each address they are given leads there."""

import re
from html import unescape

import pytest
from django.http import QueryDict
from django.template import Context, RequestContext, Template
from django.utils.translation import override

from agenda.selection import read_selection
from tests.accessibility import axe_violations
from tests.factories import make_event, make_network, make_site_identity
from tests.html_validity import html_errors

pytestmark = pytest.mark.django_db

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Agenda</title>'
    '{% include "agenda/_feed_links.html" with selection=selection only %}</head><body><main><h1>Agenda</h1>'
    '{% include "agenda/_subscribe.html" with selection=selection only %}</main></body></html>'
)


def addresses_in(html):
    return [unescape(address) for address in re.findall(r'href="([^"]+)"', html)]


def rendered(rf, query, host="testserver"):
    request = rf.get("/es/agenda/", headers={"host": host})
    return Template(PAGE).render(RequestContext(request, {"selection": read_selection(QueryDict(query))}))


def test_the_list_offers_just_what_it_shows(client, rf):
    make_network(slug_en="lab", slug_es="laboratorio")

    with override("es"):
        html = rendered(rf, "network=lab&kind=deadline&kind=meeting&utm_source=x")

    query = "kind=meeting&kind=deadline&network=laboratorio"
    calendar = f"//testserver/es/agenda.ics?{query}"
    assert addresses_in(html) == [
        f"http://testserver/es/agenda.atom?{query}",
        f"http://testserver/es/agenda.json?{query}",
        f"http:{calendar}",
        f"webcal:{calendar}",
        f"http:{calendar}",
        f"webcal:{calendar}&tentative=1",
        f"http://testserver/es/agenda.atom?{query}",
        f"http://testserver/es/agenda.json?{query}",
    ]
    shown = [unescape(text) for text in re.findall(r"<code[^>]*>([^<]+)</code>", html)]
    assert shown == [f"http:{calendar}", f"http:{calendar}&tentative=1"]
    for address in {*addresses_in(html), *shown}:
        assert client.get(address.partition("testserver")[2]).status_code == 200


def test_the_page_of_a_network_offers_its_own_calendar(client):
    network = make_network(slug_en="lab")
    make_event(network=network)

    html = client.get("/en/networks/lab/").content.decode()

    feeds = [address for address in addresses_in(html) if re.search(r"\.(ics|atom|json)\b", address)]
    assert feeds == [
        *("http://testserver/en/agenda.atom?network=lab", "http://testserver/en/agenda.json?network=lab"),
        "http://testserver/en/networks/lab.ics",
        *("webcal://testserver/en/networks/lab.ics", "http://testserver/en/networks/lab.ics"),
        "webcal://testserver/en/networks/lab.ics?tentative=1",
        *("http://testserver/en/agenda.atom?network=lab", "http://testserver/en/agenda.json?network=lab"),
    ]


def test_a_network_without_dates_offers_its_calendar_all_the_same(client):
    make_network(slug_en="lab")

    html = client.get("/en/networks/lab/").content.decode()

    assert html.count("<p>No dates have been announced yet.") == 1
    assert html.count('<summary class="subscribe-title">Subscribe to the calendar</summary>') == 1
    assert addresses_in(html).count("webcal://testserver/en/networks/lab.ics") == 1
    assert client.get("/en/networks/lab.ics").content.count(b"BEGIN:VEVENT") == 0


def test_a_network_with_dates_says_nothing_of_none(client):
    make_event(network=make_network(slug_en="lab"), date="2020")

    html = client.get("/en/networks/lab/").content.decode()

    assert "No dates have been announced yet" not in html
    assert html.count('<summary class="subscribe-title">Add these dates to your calendar</summary>') == 1


@pytest.mark.parametrize(("date", "offered"), [("2030-05-03", 1), ("2030-23", 1), ("XXXX", 0)])
def test_the_page_of_an_event_offers_it_as_a_file_if_it_has_a_date(client, date, offered):
    event = make_event(date=date)

    html = client.get(event.get_absolute_url()).content.decode()

    assert addresses_in(html).count(f"/en/agenda/{event.slug_en}.ics") == offered
    assert html.count("The date is still vague") == (date == "2030-23")


def test_addresses_are_whole_without_a_request_too(settings):
    settings.SITE_URL = "https://cities.example"

    html = Template(PAGE).render(Context({"selection": read_selection(QueryDict(""))}))

    assert addresses_in(html)[2:4] == ["https://cities.example/en/agenda.ics", "webcal://cities.example/en/agenda.ics"]


def test_the_offer_is_valid_html(client, rf):
    network = make_network()
    make_event(network=network)
    vague = make_event(date="2030-23")
    documents = {"list": rendered(rf, f"network={network.slug_en}&kind=meeting")}
    documents |= {item.slug_en: client.get(item.get_absolute_url()).content.decode() for item in (network, vague)}

    assert html_errors(documents) == []


@pytest.mark.django_db(transaction=True)
def test_the_offer_has_no_finding_of_axe_when_it_is_open(page, live_server):
    make_site_identity()
    make_event(network=make_network(slug_en="lab"))
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/en/networks/lab/")
    page.get_by_text("Add these dates to your calendar").click()

    assert page.get_by_role("link", name="Subscribe in your calendar").is_visible()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
