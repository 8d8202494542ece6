"""Languages by name, in the language of a page: “Spanish”, “espagnol”."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from translations.texts import current_language


def own_name(code: str) -> str:
    """The language's name as its speakers write it: “English”, “español”."""
    return name_in(code, code)


def name_here(code: str) -> str:
    """The language's name as it stands within a sentence of the page."""
    return name_in(code, current_language())


def names_here(codes: Iterable[str]) -> str:
    """“Catalan, French and Spanish”, as the page's language joins them."""
    return format_list([name_here(code) for code in codes], locale=current_language())


@cache
def name_in(code: str, language: str) -> str:
    """The name of a language (a BCP 47 code: "eu", "pt-BR") in another; the code where CLDR has no name for it."""
    try:
        return Locale.parse(code, sep="-").get_display_name(Locale.parse(language, sep="-")) or code
    except (UnknownLocaleError, ValueError):
        # CLDR can name more languages than it has data of; one of these cannot name itself.
        there = language if language != code else "en"
        return Locale.parse(there, sep="-").languages.get(code.replace("-", "_"), code)
