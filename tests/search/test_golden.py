"""The golden table on the database that the tests run on; `make test` runs them on SQLite and on PostgreSQL."""

import pytest
from django.utils import timezone

from publications.models import DocumentText
from publications.tasks import read_text
from search.finding import find
from tests import factories
from tests.publications.pdfs import pdf
from tests.search.golden import FILES, QUERIES, TEXTS

LANGUAGES = ["en", "es", "fr", "ca", "pt"]


def test_there_are_at_least_120_queries_in_five_languages():
    assert len(QUERIES) >= 120
    assert {language for language, *_ in QUERIES} == set(LANGUAGES)


def make_texts():
    """The key of each title."""
    for language, title, body in TEXTS.values():
        factories.make_post(
            **{"title_en": None, f"title_{language}": title, f"body_{language}": f"<p>{body}</p>"},
            source_language=language,
        )
    for language, title, text in FILES.values():
        document = factories.make_document(pdf(text))
        read_text.call(document.pk)
        factories.make_publication(
            **{"title_en": None, f"title_{language}": title}, source_language=language, files={language: document}
        )
    return {title: key for key, (_language, title, _text) in (TEXTS | FILES).items()}


@pytest.mark.django_db
def test_the_words_of_the_files_stand_in_nothing_but_these():
    make_texts()

    assert sorted(DocumentText.objects.values_list("text", flat=True)) == sorted(text for *_, text in FILES.values())


@pytest.mark.django_db
def test_each_query_finds_just_its_texts_and_those_of_the_page_s_language_first():
    keys = make_texts()
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
