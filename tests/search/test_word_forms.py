"""Forms of a word find each other, on the database that the tests run on."""

import pytest
from django.utils import timezone

from search.analysis import terms_of
from search.finding import find
from tests import factories
from tests.search.families import FAMILIES
from tests.search.families_of_nouns import NOUNS
from tests.search.families_of_verbs import VERBS

TABLES = {"first": FAMILIES, "nouns": NOUNS, "verbs": VERBS}
LANGUAGES = ("en", "es", "fr", "ca", "pt")


def families(table, language):
    return [line.split() for line in TABLES[table][language].strip().splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_there_are_enough_of_each(table, language):
    assert len(families(table, language)) >= 30


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_each_form_of_a_word_finds_the_same_texts(table, language):
    table = families(table, language)
    for word, *_ in table:
        factories.make_post(**{"title_en": None, f"title_{language}": word}, source_language=language)

    def titles(text):
        found = find(text, [language], timezone.now())
        return [] if found.by_beginning else sorted(hit.plain_title for hit in found.hits(found.ids))

    differing = {
        form: titles(form)
        for word, *forms in table
        for form in forms
        if word not in titles(word) or titles(form) != titles(word)
    }
    assert differing == {}


# Words that a rule about endings made one once.
APART = {
    "es": ["pieza peces", "tienda tender", "ana año"],
    "fr": ["petit pétition", "entreprise entreprendre", "habit habiter", "avenue avenir", "patient pâte"],
    "ca": ["poble població", "gènere generació", "centre central", "casa cas", "ciutat ciutadà", "informe informació"],
    "pt": ["parque parceria", "ano Ana"],
    "en": ["rose rise", "media medium", "good best"],
}


@pytest.mark.parametrize(("language", "pair"), [(code, pair) for code, pairs in APART.items() for pair in pairs])
def test_words_that_only_look_alike_stay_apart(language, pair):
    one, other = pair.split()

    assert terms_of(one, language) != terms_of(other, language)
