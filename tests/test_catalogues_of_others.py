"""What Django and other packages show in the admin is translated too, by them or by us in locale_of_django/."""

import re
from importlib.util import find_spec
from pathlib import Path

import django
import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation, translation

LANGUAGES = [code for code, name in settings.LANGUAGES if code != "en"]
DJANGO = Path(django.__file__).parent
USED = ["conf", "contrib/admin", "contrib/auth", "contrib/contenttypes", "contrib/sessions"]
OURS = Path(settings.BASE_DIR) / "locale_of_django"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?\w[^>]*>")


def shipped(path):
    with path.open("rb") as file:
        return {(message.context, message.id) for message in read_po(file, locale="en") if message.id}


def texts_of_django(domain):
    paths = [DJANGO / app / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po" for app in USED]
    return set().union(*(shipped(path) for path in paths if path.exists()))


def texts_of_tasks():
    """(context, text) of the packages that run tasks; they bring no catalogue at all."""
    keywords = {"_": None, "pgettext_lazy": ((1, "c"), 2)}
    return {
        (context, text)
        for name in ("django_tasks.base", "django_tasks_db.models")
        for _line, text, _comments, context in extract_from_file("python", find_spec(name).origin, keywords=keywords)
    }


def is_translated(catalogue, context, text):
    singular = text if isinstance(text, str) else text[0]
    key = singular if context is None else f"{context}\x04{singular}"
    # The first form of a plural stands at 0 in every language.
    return key in catalogue._catalog if isinstance(text, str) else (key, 0) in catalogue._catalog


def untranslated(catalogue, texts):
    return sorted((str(text) for context, text in texts if not is_translated(catalogue, context, text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_editors_read_djangos_texts_in_their_language(language):
    texts = texts_of_django("django")

    assert len(texts) > 600
    assert untranslated(translation(language), texts) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scripts_of_the_admin_speak_the_language_too(language):
    # As the admin's own view puts them together.
    catalogue = DjangoTranslation(language, domain="djangojs", localedirs=[DJANGO / "contrib" / "admin" / "locale"])

    assert untranslated(catalogue, texts_of_django("djangojs")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_list_of_tasks_says_is_translated(language):
    texts = texts_of_tasks()

    assert ("Task", "Ready") in texts
    assert untranslated(translation(language), texts) == []


@pytest.mark.parametrize("path", sorted(OURS.glob("*/LC_MESSAGES/*.po")), ids=lambda path: str(path.relative_to(OURS)))
def test_our_translations_of_others_are_whole_and_of_texts_that_there_are(path):
    with path.open("rb") as file:
        messages = [message for message in read_po(file, locale=path.parts[-3]) if message.id]
    known = texts_of_django(path.stem) | texts_of_tasks()

    def placeholders(text):
        return [sorted(PLACEHOLDER.findall(form)) for form in ([text] if isinstance(text, str) else text)]

    assert [message.id for message in messages if (message.context, message.id) not in known] == []
    assert [message.id for message in messages if message.fuzzy or not message.string] == []
    assert [message.id for message in messages if placeholders(message.string) != placeholders(message.id)] == []
