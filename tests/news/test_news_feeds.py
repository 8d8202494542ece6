"""The feeds of the news hold what the lists show, in the same words, and tell which language each text is in."""

import json
import re
from datetime import UTC, datetime
from html import unescape

import feedparser
import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext, override

from news.feeds import MOST_IN_FEED
from news.models import Post
from publishing.models import State
from tests.factories import make_category, make_network, make_post, make_site_identity

pytestmark = pytest.mark.django_db

FORMS = {"atom": "application/atom+xml; charset=utf-8", "json": "application/feed+json; charset=utf-8"}
every_form = pytest.mark.parametrize("form", FORMS)


@pytest.fixture
def clock():
    with time_machine.travel("2026-06-15T10:00:00Z", tick=False) as traveller:
        yield traveller


def reverse_in(language, name, **kwargs):
    with override(language):
        return reverse(name, kwargs=kwargs)


def address(form, language="en"):
    return reverse_in(language, f"news:post_{form}_feed")


def ids_in(form, response):
    if form == "atom":
        return [entry.id for entry in feedparser.parse(response.content).entries]
    return [item["id"] for item in json.loads(response.content)["items"]]


def links_in(form, response):
    if form == "atom":
        return [entry.link for entry in feedparser.parse(response.content).entries]
    return [item["url"] for item in response.json()["items"]]


def links_on_pages(client, page):
    found, number = [], 1
    while True:
        shown = client.get(f"{page}?page={number}").context["page"]
        found += [f"http://testserver{post.get_absolute_url()}" for post in shown]
        if not shown.has_next():
            return found
        number += 1


@every_form
def test_a_feed_holds_what_its_list_shows_in_its_order(client, form):
    category, network = make_category(), make_network()
    for number in range(15):
        post = make_post(date=f"2025-05-{number % 5 + 1:02}")
        post.categories.set([category] if number % 2 else [])
        post.networks.set([network] if number % 3 else [])
    make_post(state=State.DRAFT).categories.add(category)
    make_post(publish_at=datetime(2100, 1, 1, tzinfo=UTC)).categories.add(category)
    feed = address(form)

    assert links_in(form, client.get(feed)) == links_on_pages(client, "/en/news/")
    of_category = client.get(feed, {"category": category.slug_en})
    assert links_in(form, of_category) == links_on_pages(client, category.get_absolute_url())
    of_network = client.get(feed, {"network": network.slug_en})
    assert links_in(form, of_network) == [
        f"http://testserver{post.get_absolute_url()}" for post in Post.objects.filter(networks=network).newest_first()
    ]
    of_both = client.get(feed, {"network": network.slug_en, "category": category.slug_en})
    assert ids_in(form, of_both) == [one for one in ids_in(form, of_category) if one in ids_in(form, of_network)]


@every_form
@pytest.mark.parametrize("query", ["category=nothing", "network=nobody", "category=%00", "network=hidden"])
def test_a_choice_that_names_nothing_has_no_feed(client, form, query):
    make_network(slug_en="hidden", state=State.DRAFT)

    assert client.get(f"{address(form)}?{query}").status_code == 404


@every_form
def test_a_feed_goes_on_when_its_category_gets_another_address(client, form):
    category = make_category(slug_en="courses", slug_es="cursos")
    make_post().categories.add(category)
    category.slug_en = "training"
    category.save()

    feeds = [client.get(address(form), {"category": slug}) for slug in ("courses", "cursos", "training")]

    assert len({feed.content for feed in feeds}) == 1
    assert len(ids_in(form, feeds[0])) == 1


@every_form
def test_a_feed_ends_somewhere(client, form):
    Post.objects.bulk_create(
        Post(
            title_en=f"Post {number}",
            date="2025-01-01",
            state="published",
            **{f"slug_{code}": f"post-{number}" for code in ("en", "es", "fr", "ca", "pt")},
        )
        for number in range(MOST_IN_FEED + 5)
    )

    assert links_in(form, client.get(address(form))) == [
        f"http://testserver/en/news/{slug}/"
        for slug in Post.objects.newest_first().values_list("slug_en", flat=True)[:MOST_IN_FEED]
    ]


@every_form
@pytest.mark.parametrize("count", [1, 10])
def test_a_feed_needs_the_same_queries_for_any_number(client, django_assert_num_queries, form, count):
    category, network = make_category(), make_network()
    for _ in range(count):
        post = make_post(teaser_es="Sumario")
        post.categories.add(category)
        post.networks.add(network)
    choice = {"category": category.slug_en, "network": network.slug_en}

    with django_assert_num_queries(5):  # category, network, posts, their categories, the site's name
        response = client.get(address(form), choice)

    assert len(ids_in(form, response)) == count


@every_form
@pytest.mark.parametrize("language", ["en", "es", "fr", "ca", "pt"])
def test_feeds_have_an_address_in_each_language(client, form, language):
    make_post()

    response = client.get(address(form, language))

    assert address(form, language).startswith(f"/{language}/")
    assert (response.status_code, response.headers["Content-Type"], response.headers["Content-Language"]) == (
        *(200, FORMS[form]),
        language,
    )
    assert len(ids_in(form, response)) == 1


def test_an_atom_feed_says_what_the_list_says_and_in_which_language(client, clock):
    make_site_identity(name_fr="Association")
    category = make_category(name_fr="Formation")
    spanish = make_post(
        title_es="Encuentro & <debate>",
        title_en=None,
        teaser_es="Resumen <b>",
        source_language="es",
        date="2026-05-01",
    )
    french = make_post(title_fr="Rencontre\x0b", teaser_es="Resumen", source_language="es", date="2026-06-01")
    french.categories.add(category)

    response = client.get(address("atom", "fr"))
    feed = feedparser.parse(response.content)
    first, second = feed.entries
    with override("fr"):
        title = gettext("News")

    assert not feed.bozo
    assert (feed.feed.title, feed.feed.language) == (f"{title} · Association", "fr")
    assert {link.rel: link.href for link in feed.feed.links} == {
        "alternate": "http://testserver" + reverse_in("fr", "news:post_list"),
        "self": f"http://testserver{address('atom', 'fr')}",
    }
    assert [(entry.title, entry.title_detail.language) for entry in feed.entries] == [
        ("Rencontre", "fr"),
        ("Encuentro & <debate>", "es"),
    ]
    assert first.content[0].value == '<p lang="es">Resumen</p>'
    assert second.content[0].value == "<p>Resumen &lt;b&gt;</p>"
    assert [tag.term for tag in first.tags] == ["Formation"]
    assert (first.published, first.updated) == ("2026-06-01T00:00:00+02:00", "2026-06-15T10:00:00+00:00")
    assert second.link == "http://testserver" + reverse_in("fr", "news:post_detail", slug=spanish.slug_fr)


def test_a_json_feed_says_the_same(client, clock):
    make_site_identity(name_en="Association")
    network = make_network(slug_en="lab", official_name="Rete")
    post = make_post(title_en="Meeting", teaser_en="Summary", date="2026-06-15", publish_at="2026-06-15T08:00:00Z")
    post.networks.add(network)

    feed = client.get(f"{address('json')}?network=lab").json()

    (item,) = feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News: Rete · Association",
        "home_page_url": "http://testserver/en/networks/lab/",
        "feed_url": f"http://testserver{address('json')}?network=lab",
        "description": "News of the association, its networks and its member cities.",
        "language": "en",
        "authors": [{"name": "Association", "url": "http://testserver/en/"}],
    }
    assert item.pop("id").startswith("urn:uuid:")
    assert item == {
        "url": f"http://testserver/en/news/{post.slug_en}/",
        "title": "Meeting",
        "content_html": "<p>Summary</p>",
        "date_published": "2026-06-15T08:00:00+00:00",
        "date_modified": "2026-06-15T10:00:00+00:00",
        "tags": [],
        "language": "en",
    }


def test_a_post_keeps_its_id_in_every_language_and_when_it_changes(client):
    post, other = make_post(title_es="Hola"), make_post(date="2020-01-01")
    before = ids_in("atom", client.get(address("atom")))
    post.title_en, post.slug_en, post.publish_at = "Other", "other", datetime(2020, 1, 1, tzinfo=UTC)
    post.save()

    assert ids_in("atom", client.get(address("atom"))) == before
    assert ids_in("json", client.get(address("json", "es"))) == before
    assert len(set(before)) == len([post, other])


@every_form
def test_who_has_a_feed_does_not_get_it_again_until_it_changes(client, clock, form):
    post = make_post()
    tag = client.get(address(form)).headers["ETag"]

    again = client.get(address(form), headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    Post.objects.filter(pk=post.pk).update(title_en="Other")
    changed = client.get(address(form), headers={"if-none-match": tag})
    assert (changed.status_code, changed.headers["X-Robots-Tag"]) == (200, "noindex")


def feeds_offered(client, page):
    """The addresses of Atom and JSON feeds in the head of a page, and those in its body."""
    head, body = client.get(page).content.decode().split("</head>")
    return tuple(
        [unescape(address) for address in re.findall(r'href="([^"]+(?<!/data)\.(?:atom|json)(?:\?[^"]*)?)"', part)]
        for part in (head, body)
    )


def test_pages_offer_the_feed_of_what_they_show(client):
    category, network = make_category(slug_en="training"), make_network(slug_en="lab")
    post = make_post()
    post.categories.add(category)
    post.networks.add(network)
    make_site_identity()
    news = [f"http://testserver{address(form)}" for form in FORMS]
    agenda = ["http://testserver/en/agenda.atom", "http://testserver/en/agenda.json"]

    def of(choice, addresses):
        return [f"{one}?{choice}" for one in addresses]

    assert feeds_offered(client, "/en/news/") == (news, news)
    assert feeds_offered(client, "/en/news/2025/") == (news, news)
    assert feeds_offered(client, "/en/news/category/training/") == (
        of("category=training", news),
        of("category=training", news),
    )
    assert feeds_offered(client, "/en/")[0] == [*news, *agenda]
    head, body = feeds_offered(client, "/en/networks/lab/")
    assert head == [*of("network=lab", agenda), *of("network=lab", news)]
    assert body[-2:] == of("network=lab", news)
