"""Addresses of the old site: they lead on for good where nothing else answers, and cost no more than any other."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from moving_in.address_keys import key_of, keys_to_try
from moving_in.models import OldAddress
from tests import factories
from tests.admin.forms import as_it_stands, errors_of
from tests.moving_in.exports import category, item, written
from tests.moving_in.imports import became, bring_in
from tests.page_cache.asking import Site, ask

OLD = "https://old.example.org"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.example.org/2019/05/Open-Day/", "/2019/05/open-day"),
        ("/2019/05/open-day", "/2019/05/open-day"),
        ("//2019//05/open-day/", "/05/open-day"),  # 2019 is a host here
        ("/a//b/", "/a/b"),
        ("/?p=123", "/?p=123"),
        ("/?p=0123&preview=true", "/?p=123"),
        ("/index.php?page_id=12", "/?p=12"),
        ("/blog/?attachment_id=12", "/?p=12"),
        ("/?p=x", "/"),
        ("/?p=-1", "/"),
        ("/?cat=5", "/?cat=5"),
        ("/about/?lang=es", "/about?lang=es"),
        ("/about/?lang=<x>", "/about"),
        ("/educaci%C3%B3/", "/educació"),
        ("/EDUCACIÓ/", "/educació"),
        ("/educacio%CC%81/", "/educació"),
        ("https://example.org", "/"),
        ("about", None),
        ("/a%00b", None),
        ("/" + "a" * 500, None),
        ("http://[bad", None),
        ("/?" + "a=1&" * 100, None),
    ],
)
def test_an_address_has_one_spelling(address, key):
    assert key_of(address) == key


@pytest.mark.parametrize(
    ("key", "tries"),
    [
        ("/a/b", ["/a/b"]),
        ("/?p=1", ["/?p=1"]),
        ("/a?lang=es", ["/a?lang=es", "/a"]),
        ("/a/feed", ["/a/feed", "/a"]),
        ("/a/feed/atom", ["/a/feed/atom", "/a"]),
        ("/a/page/3", ["/a/page/3", "/a"]),
        ("/a/comment-page-2", ["/a/comment-page-2", "/a"]),
        ("/a/amp", ["/a/amp", "/a"]),
        ("/u/b-300x200.jpg", ["/u/b-300x200.jpg", "/u/b.jpg"]),
        ("/u/b-scaled.jpg", ["/u/b-scaled.jpg", "/u/b.jpg"]),
        ("/feed", ["/feed"]),
    ],
)
def test_forms_of_an_address_lead_where_it_leads(key, tries):
    assert list(keys_to_try(key)) == tries


def moved(client, address, **headers):
    response = client.get(address, **headers)
    return response.status_code, response.headers.get("Location")


@pytest.mark.django_db
def test_every_address_that_a_post_had_leads_to_it(client, tmp_path):
    bring_in(written(tmp_path, item(7, name="open-day", meta={"_wp_old_slug": "open-dai"})))
    for address in (
        *("/?p=7", "/?page_id=7", "/index.php?p=7", "/?post_type=post&p=7", "/blog/?p=7"),
        *("/2019/05/open-day/", "/2019/05/open-day", "/2019/05/Open-Day/", "/2019/05/open-day/?utm_source=x"),
        *("/2019/05/open-day/feed/", "/2019/05/open-day/amp/", "/2019/05/open-day/2/", "/2019/05/open-dai/"),
    ):
        assert moved(client, address) == (301, "/en/news/open-day/"), address


@pytest.mark.django_db
def test_lists_of_the_old_site_lead_to_lists_here(client, tmp_path):
    bring_in(
        written(
            tmp_path,
            category(4, "all", "All"),
            category(5, "schools", "Schools", parent="all"),
            category(6, "agenda", "Agenda"),
            item(7, terms=[("category", "schools"), ("post_tag", "park"), ("language", "en")]),
            item(8, "Meeting, 1 May 2019", terms=[("category", "agenda"), ("language", "es")]),
        )
    )
    here = "/en/news/category/schools/"
    assert {
        address: moved(client, address)
        for address in (
            *("/category/all/schools/", "/category/schools/page/2/", "/?cat=5", "/en/category/schools/"),
            *("/category/schools/feed/", "/feed/", "/es/feed/", "/category/agenda/", "/tag/park/", "/author/ana/"),
            *("/2019/", "/2019/05/", "/2019/05/03/", "/?lang=es"),
        )
    } == {
        "/category/all/schools/": (301, here),
        "/category/schools/page/2/": (301, here),
        "/?cat=5": (301, here),
        "/en/category/schools/": (301, here),
        "/category/schools/feed/": (301, "/en/news.atom?category=schools"),
        "/feed/": (301, "/en/news.atom"),
        "/es/feed/": (301, "/es/noticias.atom"),
        "/category/agenda/": (301, "/en/agenda/"),
        "/tag/park/": (301, "/en/news/"),
        "/author/ana/": (301, "/en/news/"),
        "/2019/": (301, "/en/news/2019/"),
        "/2019/05/": (301, "/en/news/2019/"),
        "/2019/05/03/": (301, "/en/news/2019/"),
        "/?lang=es": (301, "/es/"),
    }


@pytest.mark.django_db
def test_languages_as_a_parameter(client, tmp_path):
    bring_in(
        written(
            tmp_path,
            item(1, kind="page", name="about", link=f"{OLD}/about/", terms=[("language", "en")]),
            item(2, kind="page", name="sobre", link=f"{OLD}/about/?lang=es", terms=[("language", "es")]),
        )
    )

    assert moved(client, "/about/") == (301, "/en/about/")
    assert moved(client, "/about/?lang=es") == (301, "/es/sobre/")
    assert moved(client, "/about/?lang=fr") == (301, "/en/about/")


@pytest.mark.django_db
def test_an_old_address_follows_its_item(client, tmp_path):
    bring_in(written(tmp_path, item(7, name="open-day")))
    post = became(7)
    post.slug_en = "day-of-open-doors"
    post.save()
    assert moved(client, "/?p=7") == (301, "/en/news/day-of-open-doors/")

    post.take_back()
    assert moved(client, "/?p=7") == (302, "/en/")
    assert moved(client, "/2019/05/open-day/") == (404, None)

    post.delete()
    assert moved(client, "/2019/05/open-day/") == (404, None)


@pytest.mark.django_db
def test_a_page_of_this_site_goes_before_an_old_address(client):
    factories.make_page(title_en="Charter", slug_en="charter")
    OldAddress.objects.create(address="/en/charter", leads_to="/en/news/")
    OldAddress.objects.create(address="/en", leads_to="/es/")
    OldAddress.objects.create(address="/", leads_to="/es/")

    assert client.get("/en/charter/").status_code == 200
    assert client.get("/en/").status_code == 200
    assert moved(client, "/") == (302, "/en/")


@pytest.mark.django_db
def test_an_address_that_leads_to_itself_is_not_found(client):
    OldAddress.objects.create(address="/en/charter", leads_to="/en/charter/")

    assert moved(client, "/en/charter/") == (404, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "en/news/",
    ],
)
def test_no_old_address_leads_away(client, place):
    row = OldAddress(address="/away", leads_to=place)
    with pytest.raises(ValidationError):
        row.full_clean()
    row.save()  # past the form

    assert moved(client, "/away") == (404, None)


@pytest.mark.django_db
def test_an_address_leads_to_one_place():
    with pytest.raises(IntegrityError):
        OldAddress.objects.create(address="/nowhere")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["a&" * 4090, "p=" + "9" * 4000, "p=%00", "p=1&p=2", "lang=" + "x" * 300, "p[]=1"])
def test_odd_questions_are_answered_as_ever(client, query):
    assert client.get(f"/old/?{query}").status_code == 404
    assert client.get(f"/?{query}").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_redirects_are_ready_pages_and_follow_changes():
    OldAddress.objects.create(address="/old", leads_to="/en/news/")
    site = Site()

    first = [ask(site.cache, f"/old/?utm={number}") for number in range(5)]
    assert {(one.status, one.headers["Location"]) for one in first} == {(301, "/en/news/")}
    assert len(site.made) == 1
    assert "Set-Cookie" not in first[0].headers

    OldAddress.objects.update(leads_to="/en/agenda/")
    assert ask(site.cache, "/old/").headers["Location"] == "/en/agenda/"
    OldAddress.objects.all().delete()
    assert ask(site.cache, "/old/").status == 404


@pytest.mark.django_db(transaction=True)
def test_parameters_that_mean_nothing_make_no_other_page():
    site = Site()
    for number in range(20):
        assert ask(site.cache, f"/?utm_source={number}", accept_language="fr").headers["Location"] == "/fr/"
        assert ask(site.cache, f"/none/?x={number}", accept_language="fr").status == 404

    assert len(site.made) == 2


@pytest.mark.django_db
def test_an_address_that_nobody_had_costs_one_query_more(client, django_assert_num_queries):
    from moving_in.leading import leads_on

    request = client.get("/nothing/of/that/kind/").wsgi_request
    with django_assert_num_queries(1):
        assert leads_on(request) is None


@pytest.mark.django_db
def test_the_desk_lists_finds_adds_and_mends_old_addresses(admin_client, client, tmp_path):
    bring_in(written(tmp_path, item(7, "Open day", name="open-day")))
    address = "/admin/moving_in/oldaddress/"

    page = admin_client.get(address, {"q": "2019/05/open"}).content.decode()
    assert "/2019/05/open-day" in page
    assert '<a href="/en/news/open-day/">/en/news/open-day/</a>' in page
    assert "/?p=7" not in page

    row = OldAddress.objects.get(address="/?p=7")
    form = f"{address}{row.pk}/change/"
    assert send(admin_client, form).status_code == 302
    row.refresh_from_db()
    assert row.item == became(7)

    assert send(admin_client, form, leads_to="http://testserver/en/agenda/").status_code == 302
    assert moved(client, "/?p=7") == (301, "/en/agenda/")

    add = f"{address}add/"
    values = {"address": "https://www.old.example.org/Summer/", "leads_to": "/en/news/"}
    assert send(admin_client, add, **values).status_code == 302
    assert moved(client, "/summer") == (301, "/en/news/")

    for place, words in (
        ("/summer/", "This is an old address itself: write the one that it leads to."),
        ("https://evil.example/", "Only addresses of this site are possible; they begin with one “/”."),
        ("", "Say where it leads to."),
    ):
        refused = send(admin_client, add, address="/x", leads_to=place)
        assert errors_of(refused) == {"leads_to": [words]}
    assert not OldAddress.objects.filter(address="/x").exists()


def send(admin_client, form, **typed):
    """The form as it stands, but for what somebody typed."""
    return admin_client.post(form, as_it_stands(admin_client.get(form)) | typed)


@pytest.mark.django_db
def test_what_a_webmaster_wrote_or_took_away_stays_so(tmp_path):
    OldAddress.objects.create(address="/?p=7", leads_to="/en/agenda/")
    file = written(tmp_path, item(7, name="open-day"))
    told = bring_in(file)
    assert OldAddress.objects.get(address="/?p=7").leads_to == "/en/agenda/"
    assert told.of("address") == [(7, "/?p=7 leads to something else here")]

    OldAddress.objects.get(address="/2019/05/open-day").delete()
    bring_in(file)
    assert not OldAddress.objects.filter(address="/2019/05/open-day").exists()
