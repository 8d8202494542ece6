"""What holds for every page that a visitor can reach."""

import re

import pytest
from django.urls import reverse

from publishing.public_page import CACHE_CONTROL
from tests import factories
from tests.iaec_site.public_site import addresses, make_site

LANGUAGES = ("en", "es", "fr", "ca", "pt")
# Elements that make a browser fetch something by itself.
FETCHED = re.compile(
    r"""<(?:link|script|img|source|iframe|video|audio|use|object|embed)\b[^>]*?\s(?:href|src|srcset)=["']([^"']+)"""
)
NOT_FETCHED = re.compile(r"""<link[^>]+rel=["'](?:canonical|alternate)["'][^>]*>""")


@pytest.fixture
def items(db):
    return make_site()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_is_the_same_for_everybody(client, items, language):
    found = {}
    for kind, address in addresses(items, language).items():
        response = client.get(address)
        found[kind] = (
            response.status_code,
            response.headers.get("Cache-Control"),
            "Cookie" in response.headers.get("Vary", ""),
            bool(response.cookies),
        )

    assert found == dict.fromkeys(found, (200, CACHE_CONTROL, False, False))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_asks_another_site_for_anything(client, items, language):
    foreign = {}
    for kind, address in addresses(items, language).items():
        html = NOT_FETCHED.sub("", client.get(address).content.decode())
        foreign[kind] = [url for url in FETCHED.findall(html) if not url.startswith("/") or url.startswith("//")]

    assert foreign == {kind: [] for kind in foreign}


# JSON-LD is data: by its type no browser runs it, whatever it holds.
DATA_BLOCK = re.compile(r'<script type="application/ld\+json">[^<]*</script>')


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_public_page_holds_a_style_or_script_of_its_own(client, items, language):
    found = {}
    for kind, address in addresses(items, language).items():
        html = DATA_BLOCK.sub("", client.get(address).content.decode())
        found[kind] = re.findall(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=\"|javascript:", html)

    assert found == {kind: [] for kind in found}


def test_every_page_says_its_language_title_and_canonical_address(client, items):
    for language in LANGUAGES:
        titles = {}
        for kind, address in addresses(items, language).items():
            html = client.get(address).content.decode()
            assert re.search(r'<html lang="([^"]+)">', html)[1] == language
            assert html.count("<h1") == 1, kind
            titles[kind] = re.search(r"<title[^>]*>(.*?)</title>", html, re.DOTALL)[1].strip()
            canonical = re.search(r'<link rel="canonical" href="([^"]+)">', html)[1]
            if '<meta name="robots" content="noindex">' not in html:
                # The results of a search stand for the search page itself.
                kept = address.split("?")[0] if "/?q=" in address else address
                assert canonical == f"http://testserver{kept}"
        assert len(set(titles.values())) == len(titles), "two pages have the same title"


def shared_title(html):
    return re.search(r'<meta property="og:title" content="([^"]*)">', html)[1]


def test_a_shared_link_is_introduced_by_the_heading_of_its_page(client, items):
    pages = {kind: client.get(address).content.decode() for kind, address in addresses(items, "en").items()}
    # The home page's heading is a motto; a network's is in its own language, with the name in the page's below.
    # Several events share a title and several cities a name, so theirs say the date and the country too.
    others = {
        "home": "International Association of Educating Cities",
        "network": items["network"].name_en,
        "event": f"{items['event'].title_en}, 3 May 2030",
        "city": "Barcelona, Spain",
    }

    headings = {
        kind: re.sub("<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", html)[1]) for kind, html in pages.items()
    }

    assert {kind: shared_title(html) for kind, html in pages.items()} == headings | others


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("agenda:event_list", factories.make_event),
        ("news:post_list", factories.make_post),
        ("experiences:experience_list", factories.make_experience),
        ("experiences:focus_list", factories.make_focus_issue),
    ],
)
def test_the_second_page_of_a_list_says_so_in_its_title(client, db, name, make):
    factories.make_site_identity()
    for _ in range(21):
        make()

    first, second = (
        re.search(r"<title[^>]*>(.*?)</title>", client.get(f"{reverse(name)}{query}").content.decode())[1]
        for query in ("", "?page=2")
    )

    assert second == first.replace(" · ", " · page 2 · ")
    assert second != first


@pytest.mark.parametrize("make", [factories.make_city, lambda: factories.make_network(countries=[])])
def test_an_item_without_facts_has_no_empty_list_of_them(client, db, make):
    html = client.get(make().get_absolute_url()).content.decode()

    assert (html.count("<h1"), html.count("<dl")) == (1, 0)


def test_a_season_is_said_as_it_is_where_it_is_held(client, db):
    """The summer of Rosario runs over New Year, that of Granollers does not."""
    rosario = factories.make_city(name="Rosario", latitude=-32.9)
    southern = {"date": "2030-22", "year": 2030, "host_city": rosario}
    edition = factories.make_edition(**southern)
    northern = factories.make_edition(**southern | {"host_city": factories.make_city()})
    event = factories.make_event(city=rosario, date="2030-22")
    experience = factories.make_experience(city=rosario, started="2030-22")
    post = factories.make_post()
    post.events.add(event)
    pages = {
        "edition": edition,
        "northern": northern,
        "series": edition.series,
        "city": rosario,
        "event": event,
        "experience": experience,
        "post": post,
    }

    said = {}
    for kind, item in pages.items():
        main = client.get(item.get_absolute_url()).content.decode().split('<aside class="page-aside')[0]
        said[kind] = set(re.findall(r"Summer 2030(?:–2031)?", main))

    assert said == {kind: {"Summer 2030–2031"} for kind in pages} | {
        "northern": {"Summer 2030"},
        "series": {"Summer 2030", "Summer 2030–2031"},
    }


def test_a_highlight_shows_its_picture(client, items):
    html = client.get("/en/").content.decode()

    plain, pictured = re.findall(r'<a class="poster.*?</a>', html, re.DOTALL)
    assert (plain.count("<img"), pictured.count("<img"), pictured.count('alt=""')) == (0, 1, 1)


def test_language_links_lead_to_the_same_item_and_only_where_it_exists(client, items):
    both = items["event"]
    both.title_es = "Encuentro"
    both.save()

    html = client.get(both.get_absolute_url()).content.decode()

    alternates = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="http://testserver([^"]+)">', html)
    assert alternates == [("en", "/en/agenda/" + both.slug_en + "/"), ("es", "/es/agenda/" + both.slug_es + "/")]
    switcher = re.findall(r'<a class="language" href="([^"]+)"', html)
    assert switcher == [address for language, address in alternates]


def test_a_text_that_lacks_the_language_of_the_page_is_shown_as_what_it_is(client, items):
    post = items["only_spanish"]

    html = client.get(f"/fr/{addresses(items, 'fr')['news:post_list'].split('/')[2]}/{post.slug_fr}/").content.decode()

    assert '<h1><span lang="es">Solo en español</span></h1>' in html
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="http://testserver{addresses(items, "es")["only_spanish"]}">' in html
    assert re.findall(r'<p class="notice">.*<a href="([^"]+)" hreflang="es">', html) == [
        addresses(items, "es")["only_spanish"]
    ]


@pytest.mark.parametrize(
    ("asked", "language"), [("pt-PT,pt;q=0.9,en;q=0.5", "pt"), ("ca", "ca"), ("de,ko", "en"), ("", "en")]
)
def test_the_front_door_leads_to_the_language_of_the_browser(client, asked, language):
    response = client.get("/", headers={"accept-language": asked})

    assert (response.status_code, response.url, response.headers["Vary"]) == (302, f"/{language}/", "Accept-Language")
    assert not response.cookies


def test_public_pages_only_answer_to_reading(client, items):
    for kind, address in addresses(items, "en").items():
        if kind != "newsletter:signup":
            assert client.post(address).status_code == 405, kind
            assert client.head(address).status_code == 200, kind


def test_an_issue_exists_in_the_languages_of_its_experience(client, items):
    html = client.get(addresses(items, "fr")["issue"]).content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert re.findall(r'<link rel="alternate" hreflang="([^"]+)"', html) == []
    assert re.findall(r'<a class="language" href="([^"]+)"', html) == [
        addresses(items, "en")["issue"],
        addresses(items, "fr")["issue"],
    ]


def test_the_page_for_what_is_not_there_names_no_address_as_worth_keeping(client, items):
    html = client.get("/en/news/never-heard-of/").content.decode()

    assert re.findall(r'<link rel="(?:canonical|alternate)"', html) == []
    assert re.findall(r'<a class="language" href="([^"]+)"', html) == [f"/{code}/" for code in LANGUAGES]


def test_the_pages_of_a_list_are_canonical_to_themselves_with_their_choice(client, items):
    for _ in range(13):
        factories.make_post().categories.add(items["category"])
        factories.make_experience().themes.add(items["experience"].themes.get())
    category, key = items["category"].get_absolute_url(), items["experience"].themes.get().key

    for address in (f"{category}?page=2", f"/en/bank-of-experiences/?theme={key}&amp;page=2", "/en/news/?page=2"):
        html = client.get(address.replace("&amp;", "&") + "&utm_source=letter").content.decode()
        assert re.search(r'<link rel="canonical" href="http://testserver([^"]+)">', html)[1] == address
