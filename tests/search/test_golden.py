"""The golden table on the database that the tests run on; `make test` runs them on SQLite and on PostgreSQL."""

import pytest
from django.utils import timezone

from search.finding import find
from tests import factories
from tests.search.golden import QUERIES, TEXTS

LANGUAGES = ["en", "es", "fr", "ca", "pt"]


def test_there_are_at_least_120_queries_in_five_languages():
    assert len(QUERIES) >= 120
    assert {language for language, *_ in QUERIES} == set(LANGUAGES)


@pytest.mark.django_db
def test_each_query_finds_just_its_texts_and_those_of_the_page_s_language_first():
    keys = {}
    for key, (language, title, body) in TEXTS.items():
        keys[title] = key
        factories.make_post(
            **{"title_en": None, f"title_{language}": title, f"body_{language}": f"<p>{body}</p>"},
            source_language=language,
        )
    differing = {}

    for language, text, expected in QUERIES:
        found = find(text, [language, *(code for code in LANGUAGES if code != language)], timezone.now())
        hits = [keys[hit.plain_title] for hit in found.hits(found.ids)]
        if sorted(hits) != sorted(expected.split()):
            differing[language, text] = f"{' '.join(hits)} instead of {expected}"
        assert found.total == len(hits)
        foreign = [not hit.startswith(f"{language}-") for hit in hits]
        assert foreign == sorted(foreign)

    assert differing == {}
