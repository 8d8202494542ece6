"""What a visitor of the copy meets: the way in by language, a search without a server, no request to anybody else."""

import json
from urllib.parse import unquote, urlsplit

import pytest

from tests.accessibility import axe_violations
from tests.iaec_site.move_out.bare_server import served


@pytest.fixture
def address(copy, page):
    """Of the copy on a bare server. What the browser asks for is noted in `page.asked`."""
    page.asked = set()
    page.on("request", lambda request: page.asked.add(request.url))
    with served(copy.folder.parent) as address:
        yield f"{address}/a%20copy/"


def found_by_the_site(site, language, text):
    """[address] in the order of the site's own search."""
    return json.loads(
        site.python(
            "import django, json; django.setup()\n"
            "from django.utils import timezone\nfrom search.finding import find\n"
            f"languages = [{language!r}, *(one for one in ['en', 'es', 'fr', 'ca', 'pt'] if one != {language!r})]\n"
            f"found = find({text!r}, languages, timezone.now())\n"
            "print(json.dumps([hit.url for hit in found.hits(found.ids)]))"
        )
    )


def found_by_the_copy(page):
    page.locator("[data-search-in-copy] [role=status]:not(:empty)").wait_for()
    hits, more = page.locator(".search-hit"), page.get_by_role("button", name="More results")
    while more.count():
        shown = hits.count()
        more.first.click()
        hits.nth(shown).wait_for()
    links = page.locator(".search-hit a").evaluate_all("links => links.map((link) => link.href)")
    return [unquote(urlsplit(link).path).removeprefix("/a copy") for link in links]


@pytest.mark.parametrize(
    ("language", "folder", "text"),
    [
        ("en", "search", "libraries"),
        ("en", "search", "library"),
        ("en", "search", "Bàrcelona"),
        ("en", "search", "educating city"),
        ("en", "search", "report -text"),
        ("en", "search", "librar*"),
        ("en", "search", "달서"),
        ("es", "buscar", "biblioteca"),
        ("es", "buscar", "ciudades educadoras"),
        ("fr", "rechercher", "barcelona"),
        ("en", "search", "nothing-has-this-word"),
    ],
)
def test_a_search_finds_what_the_site_finds(site, copy, page, address, language, folder, text):
    page.goto(f"{address}{language}/{folder}/?q={text}")
    found = found_by_the_copy(page)

    assert sorted(found) == sorted(found_by_the_site(site, language, text))
    assert page.errors == []


def test_from_the_home_page_to_a_result(copy, page, address):
    page.goto(f"{address}es/")
    box = page.locator("#site-search")
    box.fill("bibliotecas")
    box.press("Enter")
    page.wait_for_url("**/buscar/?q=bibliotecas")
    page.get_by_role("link", name="Lectura en las bibliotecas", exact=True).first.click()

    assert page.get_by_role("heading", level=1).inner_text() == "Lectura en las bibliotecas"
    assert page.errors == []
    assert {url for url in page.asked if not url.startswith(address)} == set()


def test_the_first_page_leads_to_the_language_of_the_browser(copy, browser, page, address):
    page.goto(address)
    page.wait_for_url(f"{address}en/")

    context = browser.new_context(java_script_enabled=False)
    without = context.new_page()
    without.goto(address)
    assert without.locator("main a").evaluate_all("links => links.map((link) => link.hreflang)") == [
        "en",
        "es",
        "fr",
        "ca",
        "pt",
    ]
    without.goto(f"{address}en/search/?q=library")
    assert without.get_by_text("The search of this copy needs JavaScript.").is_visible()
    context.close()


def test_pages_of_the_copy_are_accessible(copy, page, address):
    found = {}
    for path in (
        "en/",
        "en/search/?q=barcelona",
        "en/agenda/",
        "en/bank-of-experiences/",
        "en/cities/",
        "en/newsletter/",
    ):
        page.goto(address + path)
        if "?q=" in path:
            found_by_the_copy(page)
        found[path] = axe_violations(page)
    # The script would lead on at once.
    page.route("**/front-door*.js", lambda route: route.abort())
    page.goto(address)
    found["/"] = axe_violations(page)

    assert found == {path: [] for path in found}


def test_cities_are_narrowed_by_their_name_and_choices_are_links(copy, page, address):
    page.goto(f"{address}en/cities/")
    page.locator("#city-name").fill("barcel")
    assert page.locator("#cities li:visible").count() == 1

    page.locator(".city-form").get_by_role("link", name="Spain").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Member cities · Spain"
    assert page.errors == []
