"""The list and the pages of publications: what readers are told of files in their language, and can choose."""

import json
import re

import pytest
from django.urls import reverse

from publications.languages import direction_of, own_name_of
from publications.sizes import size_text
from tests.factories import (
    make_city,
    make_document,
    make_edition,
    make_network,
    make_page,
    make_publication,
    make_publication_series,
    make_site_identity,
)
from tests.publications.pdfs import pdf

pytestmark = pytest.mark.django_db
LIST = "/en/publications/"


def text(response):
    return response.content.decode()


def titles(response):
    return [publication.title_en for group in response.context["groups"] for publication in group["publications"]]


def links_to_files(response):
    """[(address, attributes), …] of the list of files."""
    section = text(response).split('<ul class="file-list"')[1].split("</ul>")[0]
    return re.findall(r'<a href="([^"]+)" lang="([^"]+)" hreflang="[^"]+" dir="([^"]+)"[^>]*>([^<]+)</a>', section)


def test_files_are_named_as_their_speakers_do_the_pages_language_first(client):
    codes = ["ar", "eu", "ko", "es", "en", "pt-BR", "fr"]
    publication = make_publication(title_en="Charter", files={code: make_document() for code in codes})

    response = client.get(publication.get_absolute_url())

    assert links_to_files(response) == [
        ("/documents/charter/en.pdf", "en", "ltr", "English"),
        ("/documents/charter/es.pdf", "es", "ltr", "Español"),
        ("/documents/charter/fr.pdf", "fr", "ltr", "Français"),
        ("/documents/charter/pt-br.pdf", "pt-BR", "ltr", "Português (Brasil)"),
        ("/documents/charter/eu.pdf", "eu", "ltr", "Euskara"),
        ("/documents/charter/ar.pdf", "ar", "rtl", "العربية"),
        ("/documents/charter/ko.pdf", "ko", "ltr", "한국어"),
    ]
    assert '<span class="quiet">Basque</span>' in text(response)


@pytest.mark.parametrize(
    ("language", "size", "shown"),
    [
        ("en", 1_234_567, "1.2 MB"),
        ("es", 1_234_567, "1,2 MB"),
        ("fr", 1_234_567, "1,2 Mo"),
        ("ca", 12_345_678, "12 MB"),
        ("pt", 1_234_567, "1,2 MB"),
        ("en", 1, "1 kB"),
        ("en", 45_400, "45 kB"),
        ("en", 999_999, "1 MB"),
    ],
)
def test_sizes_are_written_as_readers_do(language, size, shown):
    assert size_text(size, language).replace("\u202f", " ") == shown


def test_a_page_says_how_large_and_how_long_a_file_is(client):
    publication = make_publication(files={"en": make_document(pdf(pages=24)), "eu": make_document(pdf(pages=1))})

    facts = re.findall(r'file-facts">([^<]+)<', text(client.get(publication.get_absolute_url())))
    assert facts == ["PDF, 4\u00a0kB, 24 pages", "PDF, 4\u00a0kB, 24 pages", "PDF, 1\u00a0kB, 1 page"]


def test_without_a_file_in_the_pages_language_the_page_says_so(client):
    publication = make_publication(title_en="Charter", files={"eu": make_document()})
    words = "There is no file in the language of this page."

    assert words in text(client.get(publication.get_absolute_url()))
    publication.files.update(language="en")
    page = text(client.get(publication.get_absolute_url()))
    assert words not in page
    assert (
        '<a class="button" href="/documents/charter/en.pdf" hreflang="en" type="application/pdf">Read in English'
        in page
    )


def test_names_of_languages():
    assert [own_name_of(code) for code in ("eu", "gl", "de", "it", "zh-Hant", "ast", "xx")] == [
        "Euskara",
        "Galego",
        "Deutsch",
        "Italiano",
        "中文 (繁體)",
        "Asturianu",
        "Xx",
    ]
    assert [direction_of(code) for code in ("ar", "he", "fa", "eu", "xx")] == ["rtl", "rtl", "rtl", "ltr", "ltr"]


def test_the_list_stands_series_by_series_and_what_is_in_none_at_the_end(client):
    second, first = make_publication_series(order=2), make_publication_series(order=1)
    make_publication(title_en="Loose")
    make_publication(title_en="Of the second", series=second)
    make_publication(title_en="Older", series=first, date="2019")
    make_publication(title_en="Undated", series=first, date="")
    make_publication(title_en="Newer", series=first, date="2020-23")
    make_publication(title_en="Draft", series=first, state="draft")

    response = client.get(LIST)

    assert titles(response) == ["Newer", "Older", "Undated", "Of the second", "Loose"]
    assert [group["series"] for group in response.context["groups"]] == [first, second, None]
    assert titles(client.get(first.get_absolute_url())) == ["Newer", "Older", "Undated"]


def test_a_choice_has_to_hold_as_a_whole_and_feeds_and_data_are_the_same(client):
    series, network = make_publication_series(name_en="Guides"), make_network(name_en="Rete")
    both = make_publication(
        title_en="Both", series=series, date="2018", files={"eu": make_document(), "en": make_document()}
    )
    make_publication(title_en="Language", files={"eu": make_document()}, date="2018")
    make_publication(title_en="Series", series=series, date="2018")
    both.networks.add(network)

    def chosen(query):
        found = titles(client.get(LIST + query))
        assert sorted(found) == sorted(
            item["title"]["en"] for item in json.loads(client.get(f"{LIST}data.json{query}").content)["items"]
        )
        feed = json.loads(client.get(f"/en/publications.json{query}").content)
        assert sorted(found) == sorted(item["title"] for item in feed["items"])
        return found

    assert chosen("?language=eu&series=") == ["Both", "Language"]
    assert chosen("?series=guides&language=eu") == chosen("?network=rete") == ["Both"]
    assert chosen("?year=2018&language=EU") == ["Both", "Language"]
    assert chosen("?language=de") == []


@pytest.mark.parametrize(
    "query", ["?series=nothing", "?network=nothing", "?language=no-language-at-all", "?year=soon", "?year=20180"]
)
@pytest.mark.parametrize("page", [LIST, f"{LIST}data.csv", "/en/publications.atom"])
def test_a_value_that_means_nothing_is_a_page_that_there_is_not(client, page, query):
    assert client.get(page + query).status_code == 404


def test_what_can_be_chosen_is_what_is_public(client):
    make_publication(title_en="Draft", state="draft", date="1999", files={"ko": make_document()})
    make_publication(date="2018", files={code: make_document() for code in ("pt", "eu", "en")})
    make_publication(date="2019")

    form = client.get(LIST).context["form"]

    assert [(option.value, option.label) for option in form.languages] == [
        ("en", "English"),
        ("pt", "Portuguese"),
        ("eu", "Basque"),
    ]
    assert [option.value for option in form.years] == ["2019", "2018"]


def test_an_empty_list_says_so(client):
    assert "No publication is to be had here yet." in text(client.get(LIST))
    assert "No publication answers to this choice." in text(client.get(f"{LIST}?language=eu"))


def test_what_it_belongs_to_offers_it_and_is_named_by_it(client):
    network, city, page = make_network(), make_city(name="Granollers"), make_page(title_en="The Charter")
    edition = make_edition(title_en="First Congress")
    publication = make_publication(title_en="Declaration", edition=edition, page=page)
    publication.networks.add(network)
    publication.cities.add(city)
    draft = make_publication(title_en="Not public", edition=edition, page=page, state="draft")
    draft.networks.add(network)

    own = text(client.get(publication.get_absolute_url()))
    for item in (network, city, page):
        html = text(client.get(item.get_absolute_url()))
        assert f'<a href="{publication.get_absolute_url()}">Declaration</a>' in html
        assert "Not public" not in html
        assert f'href="{item.get_absolute_url()}"' in own
    assert f'<a href="{edition.get_absolute_url()}">First Congress</a>' in own


def test_search_engines_read_the_files_and_what_is_known_of_the_date(client):
    make_site_identity()
    publication = make_publication(
        title_en="Charter", date="1990-11-30", files={"en": make_document(), "eu": make_document()}
    )

    html = text(client.get(publication.get_absolute_url()))
    data = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', html)[1])

    assert (data["@type"], data["name"], data["datePublished"]) == ("CreativeWork", "Charter", "1990-11-30")
    assert [file["contentUrl"] for file in data["encoding"]] == [
        "http://testserver/documents/charter/en.pdf",
        "http://testserver/documents/charter/eu.pdf",
    ]
    assert '<link rel="alternate" type="application/pdf" href="/documents/charter/eu.pdf" hreflang="eu">' in html


@pytest.mark.parametrize("count", [1, 6])
def test_a_page_costs_the_same_queries_for_any_number_of_files(client, django_assert_num_queries, count):
    make_site_identity()
    series = make_publication_series()
    files = {code: make_document() for code in ["en", "es", "eu", "gl", "de", "ar"][:count]}
    publication = make_publication(series=series, edition=make_edition(), page=make_page(), files=files)
    publication.networks.add(make_network())
    for _ in range(count):
        make_publication(series=series)
    address = publication.get_absolute_url()
    client.get(address)

    # The frame's seven (nothing is ahead); publication, files, networks, cities, others of the series and their files.
    with django_assert_num_queries(7 + 6):
        client.get(address)


def test_the_menu_leads_to_the_list():
    from pages.targets import SECTION_URLS

    assert reverse(SECTION_URLS["publications"]) == LIST
