"""Addresses that pages had before, and what becomes of each where no Django answers any more.

For servers that can redirect there are lists: `_redirects`, as Netlify and others read it, and a map for nginx. For
all others there is a small page at the old address that leads on (a calendar or another file lies there as a copy).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from editions.models import Edition
from iaec_site.static_export.addresses import becomes_a_file, normal, parameters_of
from iaec_site.static_export.asking import Visitor
from iaec_site.static_export.linking import Linking
from moving_in.models import OldAddress
from publications.models import FILES, Publication
from publishing.former_slugs import RemembersAddresses

NETLIFY, NGINX = "_redirects", "redirects.nginx.conf"


def of_slugs() -> Iterator[str]:
    """Every item's page under each address that it once had, and its calendar."""
    for model in apps.get_models():
        if not issubclass(model, RemembersAddresses):
            continue
        for item in model._base_manager.filter(former_slugs__isnull=False).order_by("pk").iterator():
            for language, slug in former_slugs(item):
                yield from addresses_with(item, language, slug)


def former_slugs(item: RemembersAddresses) -> list[tuple[str, str]]:
    """[(language, or "" for all of them, slug)]"""
    return [(language, slug) for language, _, slug in (one.partition(":") for one in item.former_slugs.split())]


def addresses_with(item: RemembersAddresses, language: str, slug: str) -> Iterator[str]:
    columns = item.slug_columns()
    for code in [language] if language in dict(settings.LANGUAGES) else dict(settings.LANGUAGES):
        column = columns.get(code) or columns.get("")
        if column is None:
            continue
        with override(code):
            try:
                address = item.get_absolute_url()
            except NoReverseMatch:
                continue
            if isinstance(item, Edition):
                continue  # below, with the former addresses of their series
            start, found, rest = address.rpartition(f"/{getattr(item, column)}/")
            if found:
                yield f"{start}/{slug}/{rest}"
                yield f"{start}/{slug}.ics{rest}"


def of_editions() -> Iterator[str]:
    """An edition's address has two slugs; each may have been another one."""
    for edition in Edition.objects.select_related("series").order_by("pk").iterator():
        series = edition.series
        for code, _name in settings.LANGUAGES:
            own = names_in(edition, code)
            with override(code):
                for above in names_in(series, code):
                    for slug in own:
                        yield reverse("editions:edition_detail", kwargs={"series": above, "slug": slug})


def names_in(item: RemembersAddresses, code: str) -> list[str]:
    """All slugs of an item in a language, the present one first."""
    column = item.slug_columns().get(code) or item.slug_columns()[""]
    former = former_slugs(item) if item.former_slugs else []
    return [getattr(item, column), *(slug for language, slug in former if language in {"", code})]


def of_documents() -> Iterator[str]:
    """A publication's files, whose address has no language before it but one at its end."""
    rows = Publication.objects.filter(former_slugs__isnull=False).prefetch_related("files")
    for publication in rows.order_by("pk").iterator(chunk_size=200):
        for language, address in former_slugs(publication):
            if language == FILES:
                for file in publication.files.all():
                    yield reverse("document_file", kwargs={"address": address, "language": file.language.lower()})


def of_former_site() -> Iterator[str]:
    """Addresses of the site before this one, in the spelling in which they are kept."""
    for address in OldAddress.objects.order_by("address").values_list("address", flat=True).iterator():
        yield address
        if "?" not in address and "." not in address.rpartition("/")[2]:
            yield f"{address}/"  # as WordPress writes them


# One more table of addresses that lead elsewhere is one more line here: what each yields is asked of the site itself,
# and only what it redirects counts.
SOURCES: tuple[Callable[[], Iterator[str]], ...] = (
    of_slugs,
    of_editions,
    of_documents,
    of_former_site,
)


class Redirect(NamedTuple):
    """`old` is an address of the site, with its query if it has one; `end` that of a file of the export."""

    old: str
    end: str


def collected(visitor: Visitor, linking: Linking, on_one: Callable[[], None] = lambda: None) -> list[Redirect]:
    """Every old address that leads to something in the export, in order."""
    asked = {normal(*parts(old)) for source in SOURCES for old in source()}
    found = {}
    for old in sorted(asked - linking.met.keys() - linking.names.by_address.keys()):
        on_one()
        if end := where(old, visitor, linking):
            found[old] = end
    # What pages link to as a redirect, and what a query became.
    for old in linking.moved:
        if end := linking.end_of(old):
            found[old] = end
    for address in linking.names.by_address:
        if parameters_of(address) and linking.end_of(address):
            found[address] = address
    return [Redirect(old, end) for old, end in sorted(found.items())]


def parts(address: str) -> tuple[str, str]:
    path, _, query = address.partition("?")
    return path, query


def where(old: str, visitor: Visitor, linking: Linking, hops: int = 5) -> str | None:
    """Where the site sends who asks for it; None if that is no part of the export."""
    address = old
    for _ in range(hops):
        leads_to = visitor.ask(address).leads_to
        target = linking.places.target(leads_to, address) if leads_to else None
        if target is None:
            return None
        if becomes_a_file(target.address) and (end := linking.end_of(target.address)):
            return end
        address = target.address
    return None


def netlify(redirects: list[Redirect], link: Callable[[str], str], base: str) -> str:
    """`_redirects`: old path, parameters, new path, status."""
    lines = []
    for redirect in redirects:
        path, query = parts(redirect.old)
        pairs = "".join(f" {pair}" for pair in query.split("&") if pair)
        lines.append(f"{base}{path}{pairs} {link(redirect.end)} 301\n")
    return "".join(lines)


def nginx(redirects: list[Redirect], link: Callable[[str], str], base: str) -> str:
    """A map of nginx, to be included at the level of `http`."""
    lines = "".join(f"    {quoted(base + redirect.old)} {quoted(link(redirect.end))};\n" for redirect in redirects)
    return (
        "# In the http block: include this file. In the server block: if ($moved_to) { return 301 $moved_to; }\n"
        "map_hash_bucket_size 512;\n"
        f'map $request_uri $moved_to {{\n    default "";\n{lines}}}\n'
    )


def quoted(text: str) -> str:
    return '"' + re.sub(r'(["\\$])', r"\\\1", text) + '"'


def stub(link: str, canonical: str, language: str, words: str) -> str:
    """A page that leads on by itself, for servers that cannot redirect."""
    link, canonical, words = html.escape(link), html.escape(canonical), html.escape(words)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n  <meta charset="utf-8">\n'
        f'  <meta name="viewport" content="width=device-width, initial-scale=1">\n  <title>{words}</title>\n'
        f'  <meta http-equiv="refresh" content="0; url={link}">\n  <meta name="robots" content="noindex">\n'
        f'  <link rel="canonical" href="{canonical}">\n</head>\n<body>\n  <p><a href="{link}">{words}</a></p>\n'
        "</body>\n</html>\n"
    )
