"""A mistyped or hostile address gets a page that helps, never an error of ours."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from agenda.models import Event
from editions.models import Edition, Series
from experiences.models import Experience, FocusIssue
from iaec_site.views import PLAIN_ERROR_PAGE, server_error
from networks.models import City, Network
from news.models import Post
from pages.models import Page
from pages.targets import ITEM_FIELDS
from tests import factories
from tests.iaec_site.public_site import LIST_PAGES, make_site

HOSTILE = [
    "%00",
    "%ff%fe",
    "..%2f..%2fetc%2fpasswd",
    "a" * 3000,
    "%F0%9F%8E%AD",
    "<script>",
    "'; drop table--",
    "%0d%0aSet-Cookie:a=b",
]
SECTIONS = ["agenda/", "news/", "bank-of-experiences/", "networks/", "cities/", "editions/", "card/", ""]
NO_PAGE_NUMBERS = ["0", "-1", "999999999999999999999", "abc", "", "1.5", "²"]
PAGED = ["agenda:event_list", "news:post_list", "experiences:experience_list", "experiences:focus_list"]
NEVER_WAS = [
    "/en/bank-of-experiences/?theme=unknown",
    "/en/bank-of-experiences/?theme=%00",
    "/en/cities/?q=a%00b",
    "/en/news/?page=%00",
    "/en/agenda/1066/",
    "/en/news/99999999999/",
    "/en/focus-experience/0/",
    "/en/focus-experience/99999999999999999999/",
    "/en/card/post/1.png",
    "/en/card/post/99999999999999999999-0123456789ab.png",
    "/en/card/nothing/1-0123456789ab.png",
    "/en/card/site/2-0123456789ab.png",
]


@pytest.fixture
def items(db):
    return make_site()


@pytest.mark.parametrize("path", SECTIONS)
@pytest.mark.parametrize("word", HOSTILE)
def test_an_address_that_never_was_is_not_found(client, items, path, word):
    client.raise_request_exception = False

    assert client.get(f"/en/{path}{word}/").status_code in (404, 400)


@pytest.mark.parametrize("number", NO_PAGE_NUMBERS)
@pytest.mark.parametrize("name", PAGED)
def test_a_page_number_that_is_none_gets_the_nearest_page(client, items, name, number):
    response = client.get(f"{reverse(name)}?page={number}")

    assert (response.status_code, response.context["page"].number) == (200, 1)


@pytest.mark.parametrize("address", NEVER_WAS)
def test_an_unknown_filter_year_or_number_is_not_found(client, items, address):
    client.raise_request_exception = False

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["", "barcelona", "달서", "%25", "_", "'", "a" * 5000, "<b>", "%ff"])
def test_the_search_for_cities_takes_any_text(client, items, query):
    assert client.get(f"/en/cities/?q={query}").status_code == 200


@pytest.mark.parametrize(
    ("address", "language"),
    [("/es/nada/nada/", "es"), ("/fr/rien/", "fr"), ("/ca/res/", "ca"), ("/pt/nada/", "pt"), ("/xx/none/", "en")],
)
def test_the_page_for_what_is_not_there_speaks_the_language_of_the_address(client, db, address, language):
    response = client.get(address, headers={"accept-language": "en"})

    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.content.decode()


def test_a_broken_site_says_so_in_the_language_of_the_address(db, rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(rf.get("/es/agenda/"))

    assert response.status_code == 500
    assert '<html lang="es">' in response.content.decode()


@pytest.mark.parametrize("address", ["/es/agenda/", "/en/nothing/there/", "/nothing/"])
def test_a_site_whose_style_sheets_are_lost_still_says_that_it_is_broken(client, db, settings, address):
    """As after an upgrade without `manage.py prepare`: pages and the error page itself ask for files unknown."""
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
    client.raise_request_exception = False

    response = client.get(address)

    assert (response.status_code, response.content.decode()) == (500, PLAIN_ERROR_PAGE)


def test_a_changed_address_leads_on_for_good(client, db):
    post = factories.make_post(title_en="First words")
    post.slug_en = "second-words"
    post.save()

    response = client.get("/en/news/first-words/")

    assert (response.status_code, response.url) == (301, "/en/news/second-words/")


def test_an_address_in_the_words_of_another_language_leads_to_the_page_in_this_one(client, db):
    factories.make_post(title_en="An hour to play", title_pt="Uma hora para brincar")

    response = client.get("/en/news/uma-hora-para-brincar/")

    assert (response.status_code, response.url) == (301, "/en/news/an-hour-to-play/")


def test_nothing_shows_that_is_a_draft_or_not_due(client, db):
    shown = factories.make_post(title_en="Shown")
    factories.make_post(title_en="Draft", state="draft")
    factories.make_post(title_en="Later", publish_at="2100-01-01T00:00Z")
    factories.make_post(title_en="Gone", withdraw_at="2020-01-01T00:00Z")

    assert list(client.get("/en/news/").context["page"]) == [shown]
    found = {slug: client.get(f"/en/news/{slug}/").status_code for slug in ("shown", "draft", "later", "gone")}
    assert found == {"shown": 200, "draft": 404, "later": 404, "gone": 404}


MONTH = re.compile(r"/[a-z]{2}/agenda/[0-9]{4}/[0-9]{2}/")


def crawl(client, *first, link=r'href="(/en/[^"#]*)"'):
    """{address: status} of all pages that links in English lead to from these.

    A month of the agenda leads to the next one, and so on for decades: links from month to month are not followed.
    """
    found, waiting = {}, list(first)
    while waiting:
        address = waiting.pop()
        if address not in found:
            response = client.get(address, follow=True)
            found[address] = response.status_code
            links = re.findall(link, response.content.decode())
            waiting += [link for link in links if not (MONTH.match(address) and MONTH.match(link))]
    return found


@pytest.mark.parametrize("model", [City, Edition, Event, Experience, FocusIssue, Network, Page, Post, Series])
def test_links_lead_to_public_items_only(client, items, model):
    for name in ITEM_FIELDS:
        factories.make_menu_item(section="", **{name: items[name]})
        factories.make_highlight(section="", **{name: items[name]})
    lists = [reverse(name) for name in LIST_PAGES]
    before = crawl(client, *lists)
    drafts = {item.get_absolute_url() for item in model.objects.published()}
    assert set(before.values()) == {200}
    assert drafts & before.keys()

    model.objects.update(state="draft")

    after = crawl(client, *lists)
    assert {address: status for address, status in after.items() if status != 200} == {}
    # The series Focus Experience has no page of its own: its address is the list of its issues.
    assert drafts & after.keys() <= {reverse("experiences:focus_list")}


def test_a_city_that_is_no_longer_public_keeps_its_name_without_the_link(client, items):
    pages = {
        kind: items[kind].get_absolute_url()
        for kind in ("event", "edition", "award", "experience", "issue", "network", "series")
    }

    def main(kind):
        return client.get(pages[kind]).content.decode().split('<main class="page-main"')[1].split("<aside")[0]

    before = {kind: main(kind) for kind in pages}
    City.objects.update(state="draft")
    after = {kind: main(kind) for kind in pages}

    assert [kind for kind in pages if '"/en/cities/barcelona/"' not in before[kind]] == []
    assert [kind for kind in pages if '"/en/cities/' in after[kind] or "Barcelona" not in after[kind]] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_starter_content_has_no_link_that_leads_nowhere(client, db, language):
    call_command("load_starter_content", verbosity=0)

    found = crawl(client, f"/{language}/", link=rf'href="(/{language}/[^"#?]*)"')

    assert {address: status for address, status in found.items() if status != 200} == {}
    assert len(found) > 400
