"""Names are sorted as readers of each language look for them; ICU, with CLDR's rules, has the last word."""

import json
import subprocess
from itertools import permutations

import pytest
from babel import Locale
from django.utils.translation import override

from publishing.collation import collation_key
from tests.agenda.calendar_readers import node
from tests.conftest import leave_out

IN_ICU = """
const collator = new Intl.Collator(process.argv[1]);
let text = "";
process.stdin.on("data", part => text += part).on("end", () => {
  console.log(JSON.stringify(JSON.parse(text).sort((a, b) => collator.compare(a, b) || (a < b ? -1 : 1))));
});
"""
# Each row is in order.
IN_ORDER = {
    "en": ["100 %", "Évora", "Exeter", "São Paulo", "Sao Paulo II"],
    "es": ["Cádiz", "canal", "Cantón", "caña", "cañón", "cápita", "Ñandú", "obra"],
    "fr": ["cote", "Cote", "coté", "côte", "côté", "coter", "Égypte", "Espagne", "œuvre", "ogre"],
    "ca": ["Àrea", "area central", "arena", "ça", "col·lectiu", "collir", "Évora", "zona"],
    "pt": ["Água", "agua doce", "Águeda", "Évora", "exame", "órgão", "ótimo"],
    "ko": ["강남구", "달서구", "대구", "창원", "Àrea", "Busan", "Évora"],
    "it": ["Città", "citta nuova", "Forlì", "Forlimpopoli"],
}


@pytest.mark.parametrize("language", IN_ORDER)
def test_names_stand_where_readers_look_for_them(language):
    names = IN_ORDER[language]

    assert sorted(names, key=lambda name: collation_key(name, language)) == names


def test_spanish_alone_has_a_letter_after_n():
    names = ["nz", "ñ", "o"]

    assert sorted(names, key=lambda name: collation_key(name, "es")) == ["nz", "ñ", "o"]
    assert sorted(names, key=lambda name: collation_key(name, "pt")) == ["ñ", "nz", "o"]


def test_the_language_is_the_pages_unless_another_is_named():
    with override("es"):
        here = collation_key("ñ")
    with override("pt"):
        there = collation_key("ñ")

    assert (here, there) == (collation_key("ñ", "es"), collation_key("ñ", "pt"))
    assert here > collation_key("nz", "es")


def test_keys_of_different_names_differ_and_can_be_compared():
    names = ["a", "A", "á", "à", "e", "", " ", "·", "1", "한", "Ω", "中"]

    assert all(collation_key(one, "ca") != collation_key(other, "ca") for one, other in permutations(names, 2))
    assert len(sorted(names, key=lambda name: collation_key(name, "ko"))) == len(names)


@pytest.mark.parametrize("language", ["en", "es", "fr", "ca", "pt", "it", "ko"])
def test_all_countries_languages_and_currencies_are_sorted_as_icu_sorts_them(language):
    if node() is None:
        leave_out("Node 20 or newer is missing")
    names = set()
    for code in {language, "en", "es", "fr", "ca", "pt"}:
        locale = Locale.parse(code)
        names |= {*locale.territories.values(), *locale.languages.values(), *locale.currencies.values()}

    run = subprocess.run(
        [node(), "-e", IN_ICU, language], input=json.dumps(sorted(names)), capture_output=True, text=True, check=True
    )

    assert len(names) > 4000
    assert sorted(sorted(names), key=lambda name: collation_key(name, language)) == json.loads(run.stdout)
