"""Forms of a word find each other, on the database that the tests run on."""

import pytest
from django.utils import timezone

from search.finding import find
from tests import factories
from tests.search.families import FAMILIES

TABLE = {language: [line.split() for line in lines.strip().splitlines()] for language, lines in FAMILIES.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("language", TABLE)
def test_each_form_of_a_word_finds_the_same_texts(language):
    for word, *_ in TABLE[language]:
        factories.make_post(**{"title_en": None, f"title_{language}": word}, source_language=language)

    def titles(text):
        found = find(text, [language], timezone.now())
        return [] if found.by_beginning else sorted(hit.plain_title for hit in found.hits(found.ids))

    differing = {
        form: titles(form)
        for word, *forms in TABLE[language]
        for form in forms
        if word not in titles(word) or titles(form) != titles(word)
    }
    assert differing == {}
