"""Addresses of a page in its languages: only those in which it really exists."""

from urllib.parse import urlencode

from babel.core import get_global
from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import override

from publishing.paging import choice_of
from translations.language_names import names_here, own_name
from translations.texts import bearer, current_language, languages_of, original_language, shown_language, title_field

register = template.Library()

# The territory whose spelling the site follows, where CLDR would take the one with most speakers.
TERRITORIES = {"en": "GB", "pt": "PT"}


def list_query(context, language):
    """What belongs to the address of a list: its choice and its page number, nothing that a link brought along."""
    query = choice_of(context, language)
    number = getattr(context.get("page"), "number", 1)
    return urlencode(query | ({"page": number} if number > 1 else {}), doseq=True)


def with_query(address, query):
    return f"{address}?{query}" if query else address


def address_in(request, item, language):
    if item is None:
        return translate_url(request.path, language)
    with override(language):
        return item.get_absolute_url()


def languages_of_page(item):
    """Languages that the page exists in: those of its item, or all for a list."""
    everywhere = [code for code, name in settings.LANGUAGES]
    if item is None or not hasattr(bearer(item), "source_language"):
        return everywhere
    return languages_of(item) or everywhere


@register.simple_tag(takes_context=True)
def language_links(context):
    """The page in each of its languages: `[{"code", "name", "url", "is_current"}, …]`, names in their own language.

    The page's item is the template's `item`; a page without one (a list, a form) exists in every language.
    """
    request, item = context.get("request"), context.get("item")
    if request is None or getattr(request, "resolver_match", None) is None:
        return [
            {"code": code, "name": own_name(code), "url": f"/{code}/", "is_current": False}
            for code, name in settings.LANGUAGES
        ]
    here = current_language()
    existing = languages_of_page(item)
    return [
        {
            "code": code,
            "name": own_name(code),
            "url": with_query(
                request.path if code == here else address_in(request, item, code), list_query(context, code)
            ),
            "is_current": code == here,
        }
        for code, name in settings.LANGUAGES
        if code == here or code in existing
    ]


@register.filter
def in_languages(links, codes):
    """Those of the links of `language_links` that lead to one of the languages, the page's own left out."""
    return [link for link in links if link["code"] in codes and not link["is_current"]]


@register.simple_tag(takes_context=True)
def alternate_links(context, links):
    """`[(hreflang, absolute address), …]` of the page in all its languages and, as x-default, for all other readers.

    `links` are those of `language_links`. Every language names the same addresses. Nothing for a page that stands in
    for another one (the honest fallback), for which another one stands in (`stands_for`) or that search engines are to
    leave out: nobody would point back to it.
    """
    request, item = context.get("request"), context.get("item")
    if request is None or not all(link["url"] for link in links):
        return []
    if context.get("noindex") or context.get("stands_for") or original_of_page(context):
        return []
    addresses = {link["code"]: request.build_absolute_uri(link["url"]) for link in links}
    if request.resolver_match and request.resolver_match.view_name == "home":
        default = request.build_absolute_uri("/")  # which asks the browser
    else:
        default = addresses.get(original_language(item)) or next(iter(addresses.values()))
    return [*addresses.items(), ("x-default", default)]


@register.simple_tag(takes_context=True)
def original_of_page(context):
    """Where the page's item does not exist in the page's language: `{"language", "languages", "url"}` of its original.

    `language` is the one that the page shows instead, `languages` are all that there are, in words.
    """
    item = context.get("item")
    if item is None or current_language() in languages_of_page(item):
        return None
    return original_in(context.get("request"), item, title_field(item), languages_of(item))


@register.simple_tag(takes_context=True)
def original_of_text(context, item, field):
    """The same for one text of a page whose title is in the page's language; None where the page says it already."""
    here, shown = current_language(), shown_language(item, field)
    if shown == here or here not in languages_of_page(item):
        return None
    return original_in(context.get("request"), item, field, languages_of(item, field))


def original_in(request, item, field, languages):
    if request is None:
        return None
    language = shown_language(item, field)
    return {"language": language, "languages": names_here(languages), "url": address_in(request, item, language)}


@register.simple_tag(takes_context=True)
def absolute(context, url):
    """The address with scheme and host, for canonical links and OpenGraph."""
    request = context.get("request")
    return request.build_absolute_uri(url) if request else url


@register.simple_tag(takes_context=True)
def canonical_url(context):
    """The address that search engines should keep: the item's or the list's, with its page number.

    A list that is another one with a choice (`?theme=childhood`) names the choice as `canonical_query`.
    """
    request, item = context.get("request"), context.get("item")
    if request is None or request.resolver_match is None:
        return ""  # the page for what is not there has no address worth keeping
    original = original_of_page(context)
    if original:
        return request.build_absolute_uri(original["url"])
    address = item.get_absolute_url() if item is not None else request.path
    return request.build_absolute_uri(with_query(address, list_query(context, current_language())))


@register.simple_tag
def og_locale(original=None):
    """The page's language, or that of its `original`, with its territory, as OpenGraph wants it: “pt_PT”."""
    code = original["language"] if original else current_language()
    if code in TERRITORIES:
        return f"{code}_{TERRITORIES[code]}"
    likely = get_global("likely_subtags").get(code, code)  # "it_Latn_IT"
    return f"{code}_{likely.split('_')[-1]}" if "_" in likely else code
