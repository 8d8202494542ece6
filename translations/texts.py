"""One accessor for every translated text: what is shown, and in which language it really is."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

ALL_LANGUAGES = [code for code, name in settings.LANGUAGES]


class Text(NamedTuple):
    text: str
    language: str


def current_language():
    """The page's language; the default one outside a request."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in ALL_LANGUAGES else settings.LANGUAGE_CODE


def text_of(item, field, language=None):
    """The field in the wanted language (the page's by default), else in the source language, else in any.

    Returns a `Text`; ("", wanted language) where no language has a text.
    """
    wanted = language or current_language()
    source = getattr(item, "source_language", settings.LANGUAGE_CODE)
    for code in (wanted, source, *ALL_LANGUAGES):
        text = getattr(item, f"{field}_{code}", None)
        if text:
            return Text(text, code)
    return Text("", wanted)


def shown_language(item, field):
    """The language code that `field` of `item` is shown in on a page in the current language."""
    return text_of(item, field).language


def languages_of(item):
    """Language codes, in the site's order, in which the item really exists: those with a title of its own."""
    title_field = getattr(item, "title_field", "title")
    return [code for code in ALL_LANGUAGES if getattr(item, f"{title_field}_{code}", None)]
