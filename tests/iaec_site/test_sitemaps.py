"""Search engines find every page in the languages that it really exists in, and all of them name each other."""

import re
from datetime import UTC, datetime
from html import unescape
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from agenda.models import Event
from iaec_site import sitemaps
from tests import factories
from tests.iaec_site.public_site import addresses, make_site

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LANGUAGES = ["en", "es", "fr", "ca", "pt"]
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">')


def alternates_of(html):
    return {code: unescape(address) for code, address in ALTERNATE.findall(html)}


pytestmark = pytest.mark.django_db


def entries(client, address):
    """{address: (last change, {language: address})}"""
    tree = ElementTree.fromstring(client.get(address).content)
    return {
        url.find("s:loc", NAMES).text: (
            getattr(url.find("s:lastmod", NAMES), "text", None),
            {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)},
        )
        for url in tree.findall("s:url", NAMES)
    }


def files(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [location.text for location in tree.findall("s:sitemap/s:loc", NAMES)]


def all_entries(client):
    found = {}
    for file in files(client):
        found |= entries(client, file.removeprefix("http://testserver"))
    return found


def test_every_address_leads_to_a_page_that_names_the_same_addresses(client):
    make_site()

    found = all_entries(client)

    assert len(found) > 50
    for address, (_, links) in found.items():
        response = client.get(address)
        html = response.content.decode()
        assert response.status_code == 200, address
        assert 'content="noindex"' not in html, address
        assert re.search(r'<link rel="canonical" href="([^"]+)">', html)[1] == address
        assert alternates_of(html) == links, address
        assert address in links.values()


def test_every_page_that_may_be_found_is_in_a_sitemap(client):
    items = make_site()
    found = all_entries(client)

    missing = {
        address
        for language in LANGUAGES
        for kind, address in addresses(items, language).items()
        if "?" not in address
        # Other views of items that are all listed themselves.
        and not kind.endswith("_archive")
        and not kind.startswith("agenda:event_month")
        and 'content="noindex"' not in client.get(address).content.decode()
        and f"http://testserver{address}" not in found
    }

    assert missing == set()


def test_hreflang_is_reciprocal_on_every_page_in_every_language(client):
    items = make_site()
    links = {}
    for language in LANGUAGES:
        for address in addresses(items, language).values():
            links[f"http://testserver{address}"] = alternates_of(client.get(address).content.decode())

    for address, alternates in links.items():
        for code, other in alternates.items():
            if code != "x-default":
                assert alternates_of(client.get(other).content.decode()) == alternates, (address, other)
        assert not alternates or set(alternates) >= {"x-default"}


def test_an_item_is_listed_in_its_languages_only(client):
    factories.make_event(title_en=None, title_es="Encuentro", title_fr="Rencontre", source_language="es")

    assert entries(client, "/sitemap-agenda.xml").keys() == {
        "http://testserver/es/agenda/encuentro-2030/",
        "http://testserver/fr/agenda/rencontre-2030/",
    }


def test_readers_of_other_languages_are_sent_to_the_original(client):
    factories.make_event(title_en="Meeting", title_es="Encuentro", source_language="es")

    links = {links["x-default"] for _, links in entries(client, "/sitemap-agenda.xml").values()}
    home = entries(client, "/sitemap-lists.xml")["http://testserver/fr/"][1]

    assert links == {"http://testserver/es/agenda/encuentro-2030/"}
    assert home["x-default"] == "http://testserver/"


def test_the_last_change_is_true(client):
    event = factories.make_event()
    scheduled = factories.make_event()
    Event.objects.filter(pk=event.pk).update(updated_at=datetime(2025, 3, 1, 12, tzinfo=UTC))
    Event.objects.filter(pk=scheduled.pk).update(
        updated_at=datetime(2025, 3, 1, 12, tzinfo=UTC), publish_at=datetime(2025, 4, 1, 7, tzinfo=UTC)
    )

    dates = [timezone.datetime.fromisoformat(date) for date, _ in entries(client, "/sitemap-agenda.xml").values()]

    assert dates == [datetime(2025, 3, 1, 12, tzinfo=UTC), datetime(2025, 4, 1, 7, tzinfo=UTC)]


def test_drafts_and_withdrawn_items_are_not_listed(client):
    factories.make_event(state="draft")
    factories.make_event(withdraw_at=datetime(2020, 1, 1, tzinfo=UTC))
    factories.make_event(publish_at=datetime(2999, 1, 1, tzinfo=UTC))

    assert entries(client, "/sitemap-agenda.xml") == {}


def test_a_long_sitemap_comes_in_several_files(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sitemaps.LanguageSitemap, "limit", 2)
    for _ in range(3):
        factories.make_event()

    assert [file for file in files(client) if "agenda" in file] == [
        "http://testserver/sitemap-agenda.xml",
        "http://testserver/sitemap-agenda.xml?p=2",
    ]
    assert [len(entries(client, f"/sitemap-agenda.xml?p={page}")) for page in (1, 2)] == [2, 1]
    assert [client.get(f"/sitemap-{name}").status_code for name in ("agenda.xml?p=3", "agenda.xml?p=x", "no.xml")] == [
        404
    ] * 3
    with django_assert_num_queries(2):  # count, items
        client.get("/sitemap-agenda.xml")


def test_no_file_can_hold_more_than_the_standard_allows():
    assert sitemaps.ITEMS_PER_FILE * len(LANGUAGES) <= 50_000
