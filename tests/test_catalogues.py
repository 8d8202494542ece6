"""The interface in five languages: nothing missing, nothing doubtful, no placeholder lost."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

LANGUAGES = [code for code, name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[a-z]+:\w+>")
ADDRESS = re.compile(r"([a-z-]+|<[a-z]+:\w+>)(/([a-z-]+|<[a-z]+:\w+>))*(/|\.[a-z]+)")
# The singular may say "one" in words.
MAY_BE_A_WORD = {"%(count)s", "%(count)d", "%(days)s"}


def catalogue(language):
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def forms(value):
    return [value] if isinstance(value, str) else list(value)


def key(message):
    return message.context, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_interface_is_translated(language):
    doubtful = [message.id for message in catalogue(language) if message.fuzzy or not all(forms(message.string))]

    assert doubtful == []


def test_all_languages_have_the_same_texts():
    first = {key(message) for message in catalogue("es")}

    assert {language: {key(message) for message in catalogue(language)} ^ first for language in LANGUAGES} == {
        language: set() for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_its_placeholders(language):
    lost = [
        message.id
        for message in catalogue(language)
        for translation in forms(message.string)
        if set(PLACEHOLDER.findall(translation)) - MAY_BE_A_WORD
        != set(PLACEHOLDER.findall(forms(message.id)[-1])) - MAY_BE_A_WORD
    ]

    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_addresses_are_plain_and_different(language):
    words = [message.string for message in catalogue(language) if message.context == "address"]

    assert [word for word in words if not ADDRESS.fullmatch(word)] == []
    assert len(set(words)) == len(words)


def test_french_keeps_double_punctuation_on_its_line():
    loose = [
        text
        for message in catalogue("fr")
        for text in forms(message.string)
        if message.context != "address" and re.search(r"\w [:;!?»]|« \w|\w[;!?](?:\s|$)", text)
    ]

    assert loose == []
