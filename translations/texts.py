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


def columns(*fields, prefix=""):
    """The columns of translated fields in every language, for `only()`; `prefix` names a related row ("page__")."""
    return [f"{prefix}{field}_{code}" for field in fields for code in ALL_LANGUAGES]


def bearer(item):
    """The object that holds an item's texts: itself, or another one that it names as its `texts`."""
    return getattr(item, "texts", item)


def text_of(item, field, language=None):
    """The field in the wanted language (the page's by default), else in the source language, else in any.

    Returns a `Text`; ("", wanted language) where no language has a text, or where there is no item. A field that is
    not translated (a city's own name) counts as being in the wanted language.
    """
    wanted = language or current_language()
    item = bearer(item)
    if item is None:
        return Text("", wanted)
    if not hasattr(item, f"{field}_{wanted}"):
        return Text(getattr(item, field), wanted)
    source = getattr(item, "source_language", settings.LANGUAGE_CODE)
    for code in (wanted, source, *ALL_LANGUAGES):
        text = getattr(item, f"{field}_{code}", None)
        if text:
            return Text(text, code)
    return Text("", wanted)


def shown_language(item, field):
    """The language code that `field` of `item` is shown in on a page in the current language."""
    return text_of(item, field).language


def title_field(item):
    """The name of the field that an item is called by."""
    return getattr(bearer(item), "title_field", "title")


def languages_of(item, field=""):
    """Language codes, in the site's order, in which a field is written; without one: in which the item really exists,
    those with a title of its own.
    """
    field = field or title_field(item)
    item = bearer(item)
    if not hasattr(item, f"{field}_{ALL_LANGUAGES[0]}"):
        return list(ALL_LANGUAGES)
    return [code for code in ALL_LANGUAGES if getattr(item, f"{field}_{code}", None)]


def original_language(item):
    """The language that an item was first written in; the site's own for one that says nothing."""
    return getattr(bearer(item), "source_language", settings.LANGUAGE_CODE)
