"""Languages of files: any language of the world, by its BCP 47 code, whether the site speaks it or not."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publishing.collation import collation_key
from translations.language_names import name_in, own_name
from translations.texts import ALL_LANGUAGES, current_language

# Language, script, region: what a document can need to be told apart by.
CODE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
# Written differently enough for a reader to choose between them.
VARIANTS = ("pt-BR", "zh-Hans", "zh-Hant", "sr-Latn", "es-419")


def normalised(code: str) -> str:
    """The code as BCP 47 writes it ("PT-br" → "pt-BR"); raises ValidationError for what is none."""
    match = CODE.fullmatch(code.strip().replace("_", "-"))
    if match is None:
        raise ValidationError(
            _("“%(code)s” is no code of a language, such as “eu” or “pt-BR”."), code="language", params={"code": code}
        )
    language, script, region = match.groups()
    parts = [language.lower(), script and script.title(), region and region.upper()]
    return "-".join(filter(None, parts))


def validate_language(code: str) -> None:
    normalised(code)


def primary(code: str) -> str:
    """ "pt" of "pt-BR": the language of the site that knows its words, if any does."""
    return code.partition("-")[0]


def name_of(code: str) -> str:
    """In the language of the page."""
    return name_in(code, current_language())


def own_name_of(code: str) -> str:
    """As its speakers write it, with a capital where they have these: it stands alone."""
    name = own_name(code)
    return name[:1].upper() + name[1:]


@cache
def direction_of(code: str) -> str:
    """ "rtl" or "ltr", as HTML's `dir` has it."""
    try:
        return Locale.parse(code, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


@cache
def codes() -> tuple[str, ...]:
    """The languages that the form offers: those that CLDR has data of, or a code of two letters, and some variants."""
    known = {name for name in locale_identifiers() if "_" not in name and name != "root"}
    named = {code for code in Locale.parse("en").languages if len(code) == 2}
    return tuple(sorted(known | named | set(VARIANTS)))


def choices() -> list[tuple[str, object]]:
    """(code, name), the site's own languages first, the others as the editor's language sorts them."""
    own = [(code, name_of(code)) for code in ALL_LANGUAGES]
    others = [(code, name_of(code)) for code in codes() if code not in ALL_LANGUAGES]
    others = sorted((pair for pair in others if pair[1] != pair[0]), key=lambda pair: collation_key(pair[1]))
    return [("", "---------"), (_("Languages of the site"), own), (_("Other languages"), others)]


def in_reading_order(items, code_of):
    """Items of several languages: the page's, the site's others, then the rest by their own names."""
    here = current_language()

    def key(item):
        code = code_of(item)
        site = primary(code) in ALL_LANGUAGES
        place = ALL_LANGUAGES.index(primary(code)) if site else 0
        return (primary(code) != here, not site, place, collation_key(own_name_of(code)), code)

    return sorted(items, key=key)
