"""The search page as visitors meet it."""

import json
import re

import pytest
from django.urls import reverse

from publishing.public_page import CACHE_CONTROL
from tests import factories
from tests.iaec_site.test_query_budgets import FRAME


def titles(response):
    return [
        "".join(piece.text for piece in one["hit"].title)
        for one in (*response.context["own"], *response.context["others"])
    ]


def ask(client, text, language="en", **choice):
    response = client.get(f"/{language}/search/", {"q": text, **choice})
    assert response.status_code == 200
    return response


@pytest.fixture
def site(db):
    factories.make_site_identity()


def test_the_page_s_language_comes_first_and_the_others_say_what_they_are(client, site):
    factories.make_post(title_en=None, title_es="Congreso de Rosario", source_language="es")
    factories.make_post(title_en="Report", body_en="<p>From the Rosario <b>congress</b></p>")

    response = ask(client, "rosario")

    assert titles(response) == ["Report", "Congreso de Rosario"]
    content = response.content.decode()
    assert content.count("<mark>Rosario</mark>") == 2
    assert re.search(r'hreflang="es" lang="es">Congreso de <mark>Rosario</mark>\s*</a>', content)
    assert '<span class="search-language">Spanish</span>' in content
    assert not response.cookies
    assert response.headers["Cache-Control"] == CACHE_CONTROL


@pytest.mark.parametrize(
    ("query", "noindex"), [("", False), ("?q=rosario", False), ("?q=rosario&type=news", False), ("?q=casino", True)]
)
def test_search_engines_keep_the_search_page_but_no_words_of_others(client, site, query, noindex):
    factories.make_post(title_en="Rosario")

    content = client.get(f"/en/search/{query}").content.decode()

    assert re.findall(r'<link rel="canonical" href="([^"]+)">', content) == ["http://testserver/en/search/"]
    assert ('<meta name="robots" content="noindex">' in content) is noindex
    assert ('<link rel="alternate" hreflang=' in content) is (query == "")


def test_markup_in_texts_and_queries_stays_text(client, site):
    factories.make_event(title_en="<script>alert(1)</script> meeting", summary_en="<img src=x onerror=alert(1)>")

    content = ask(client, '"><script>alert(1)</script>').content.decode()

    assert "<script>alert" not in content
    assert "<img src=x" not in content
    assert "<mark>alert</mark>" in content


def test_kinds_and_years_are_counted_each_within_the_other_s_choice(client, site):
    factories.make_event(title_en="Rosario meeting", date="2030-05-03")
    factories.make_event(title_en="Rosario meeting", date="2031-05-03")
    factories.make_post(title_en="Rosario news", date="2030-01-01")
    factories.make_page(title_en="About Rosario")

    response = ask(client, "rosario", year="2030", type="event")

    assert titles(response) == ["Rosario meeting"]
    assert [(kind.parameter, count) for kind, count in response.context["kinds"]] == [("event", 1), ("post", 1)]
    assert response.context["years"] == [(2031, 1), (2030, 1)]


def test_a_typing_error_leads_to_the_word_that_was_meant(client, site):
    factories.make_post(title_en="Exhibition of the year")

    response = ask(client, "exibition year")

    assert response.context["found"].suggestion == "exhibition year"
    assert titles(client.get(f"/en/search/?q={response.context['found'].suggestion.replace(' ', '+')}")) == [
        "Exhibition of the year"
    ]


def test_suggestions_while_typing_are_titles(client, site):
    factories.make_post(title_en="Exhibition of the year")
    factories.make_post(title_en="Other", body_en="<p>An exhibition</p>")
    factories.make_post(title_en="Exhibition of drafts", state="draft")

    answer = client.get(reverse("search_suggestions"), {"q": "exhi"})

    assert answer.headers["Content-Type"] == "application/json"
    assert [one["title"] for one in json.loads(answer.content)["suggestions"]] == ["Exhibition of the year", "Other"]


def test_suggestions_tell_apart_what_has_one_title(client, site):
    factories.make_event(date="2040-05", title_en="Day of the City")
    factories.make_event(date="2041", title_en="Day of the City")

    answer = client.get(reverse("search_suggestions"), {"q": "day of"}).json()

    assert [(one["title"], one["type"], one["date"]) for one in answer["suggestions"]] == [
        ("Day of the City", "Events", "May 2040"),
        ("Day of the City", "Events", "2041"),
    ]


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_of_hits_costs_the_same_queries_for_any_number(client, site, django_assert_num_queries, number):
    for _ in range(5):
        factories.make_event(date="2040-01-01", title_en="Other")
    for _ in range(number):
        factories.make_post(title_en="Rosario news")
        factories.make_experience(title_en="Rosario experience")
    ask(client, "rosario")

    # Changes, own, other languages, same title, in titles, in leads, rows.
    with django_assert_num_queries(FRAME + 7):
        ask(client, "rosario")


HOSTILE = [
    "", " ", '"', '""', '"""', "'", "''", "\\", "%", "_", "*", "**", "-", "--", "- -", "-a", '-"', '-"a"', "a*", "*a",
    "^a", "a^2", "title:a", "{title}:a", "{title title}: a", "NEAR(a b, 2)", "a NEAR b", "AND", "OR", "NOT", "NOT a",
    "a AND", "a OR OR b", "(", ")", "((a", "a)", "a & b", "a | b", "!a", "a <-> b", "a:*", "a:A", "'a':*", "$$a$$",
    "'; DROP TABLE search_indexrow; --", '"; drop table search_text; --', "1 OR 1=1", "UNION SELECT 1", "a\tb\nc",
    "😀", "😀😀 city", "👩‍👩‍👧‍👦", "שלום", "‮שלום‬ city", "مرحبا", "你好世界", "한", "한국", "ｆｕｌｌ", "ﬁ", "İstanbul",
    "a" * 2_000, "word " * 400, '"' * 650, "-" * 2_000, "é" * 300, "\u0301" * 50, "a\u0301" * 100,
    "<b>city</b>",
    '"city', 'city"', 'a "b', '"a" "b', "“a", "a”", "«a", "„a“b”", "a NEAR/2 b", "NEAR(a", "NOT NOT", "AND AND",
    "OR*", "a:b:c", "words:a", "{words} : a", "rowid:1", "-NEAR", "a & & b", "a && b", "!!a", "! a", "a <2> b",
    "<->", ":*", "a:*B", "'a' & 'b'", "\\'", "a\\", "\u202e", "\u2066a\u2069", "\ufeffa",
    "the of and", "the", "-the", "- - -", "−a", "–a", "—a", "👨🏽‍🚀",
    "🇪🇸", "e\u0301\u0327\u0308", "\u0301\u0301", "ＣＩＴＹ ＡＮＤ", "ｃｉｔｙ＊", "１２３", "ﷺ", "ß", "ẞ", "ŉ",
    "·", "l·l", "l··l", "한글 *", "ㄱ", "가*", "-한", "\U000e0041", "\ud7ff", "%00", "%", "%s", "$1", "{0}", "--",
    "/*",
    "city’s", "l’", "l'", "d’’’", "'a'b'c'", "a-b-c-d-e-f-g", "½", "²", "①", "ǅ", "timed", "ens", "\ud7a3", "\ufffd",
]  # fmt: skip


# Addresses that are refused, and such as no browser writes: no UTF-8, lone surrogates, cut short, twice, too long.
RAW = [
    "a" * 8_000,
    "a+" * 4_000,
    "(" * 8_000,
    "%00",
    "%FF",
    "%ED%A0%80",
    "%C3",
    "a%00b",
    "%",
    "%%%",
    "%u0041",
    "+",
    "a+%2B+b",
    "%E2%80%AEa",
    "a&q=b",
    "%F4%90%80%80",
]


@pytest.mark.parametrize("query", RAW, ids=lambda query: query[:24])
def test_no_address_is_an_error(client, site, query):
    factories.make_post(title_en="The city", body_en="<p>a b c</p>")

    for path in ("/en/search/", reverse("search_suggestions"), "/en/bank-of-experiences/", "/en/cities/"):
        assert client.get(f"{path}?q={query}").status_code in (200, 400, 404)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text)[:24])
def test_nothing_that_can_be_typed_is_an_error(client, site, text):
    factories.make_post(title_en="The city", body_en="<p>a b c</p>")

    for parameters in ({}, {"type": text, "year": text, "page": text}):
        assert client.get("/en/search/", {"q": text, **parameters}).status_code == 200
    assert client.get(reverse("search_suggestions"), {"q": text}).status_code == 200
