"""Countries by ISO 3166-1 alpha-2 code, named in the reader's language from CLDR."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language

from publishing.collation import collation_key


@cache
def country_names(language):
    """{code: name} in one language, in CLDR's spelling."""
    territories = Locale.parse(language.replace("-", "_")).territories
    return {code: name for code, name in territories.items() if len(code) == 2 and code.isalpha() and code != "ZZ"}


def country_name(code, language=None):
    """The country's name in the page's language; the code itself where CLDR has no name."""
    return country_names(language or get_language() or "en").get(code, code)


def country_choices():
    return list(sorted_countries(get_language() or "en"))


@cache
def sorted_countries(language):
    """(code, name) by name, as the language sorts."""
    return sorted(country_names(language).items(), key=lambda choice: collation_key(choice[1], language))
