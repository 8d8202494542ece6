"""Lists of items as data. What is said of an item is written once, as facts, from which JSON and CSV follow.

Programs come back for the same list again and again: who has it hears that it is as it was (304). The tag is that of
the content itself, as what is said of an item follows from other rows too (its city, its network).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from publishing.feed_response import feed_response
from publishing.open_data import (
    JSON,
    Licence,
    Source,
    csv_lines,
    etag_of,
    json_page,
    licence,
    links_of,
    page_numbers,
    streamed,
)
from publishing.paging import page_of
from translations.texts import ALL_LANGUAGES, Text, text_of

# Of JSON; a CSV file without a page number is the whole list.
PAGE_SIZE = 100


@dataclass(frozen=True)
class Texts:
    """A translated text: JSON has it in every language, CSV in the page's, with the language it is in beside it."""

    languages: dict[str, str]
    shown: Text


def texts_of_field(item: Any, name: str) -> Texts:
    found = {code: text for code in ALL_LANGUAGES if (text := getattr(item, f"{name}_{code}"))}
    return Texts(found, text_of(item, name))


@dataclass(frozen=True)
class DataList:
    """A list and what is said of each of its rows.

    `facts` gives, for a row, values by the names of `columns` and of what JSON has besides; paths are without a query,
    `query` is the choice in its one spelling.
    """

    name: str
    title: str
    page_path: str
    json_path: str
    csv_path: str
    columns: tuple[str, ...]
    rows: Any
    facts: Callable[[Any], dict[str, Any]]
    query: dict[str, Any] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def csv_row(self, row: Any) -> list:
        cells = flat(self.facts(row))
        return [cells[name] for name in self.columns]


def flat(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as cells: `title` and `title_language` for a text."""
    cells = {}
    for name, value in facts.items():
        if isinstance(value, Texts):
            cells[name] = value.shown.text
            cells[f"{name}_language"] = value.shown.language if value.shown.text else ""
        else:
            cells[name] = value
    return cells


def as_json(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as JSON has them; what is not known is null, not an empty text."""
    return {
        name: value.languages if isinstance(value, Texts) else (None if value == "" else value)
        for name, value in facts.items()
    }


def json_list(request: HttpRequest, listed: DataList) -> HttpResponse:
    """A page of the list, of a hundred rows."""
    page = page_of(listed.rows, PAGE_SIZE, request.GET.get("page"))
    return json_response(
        request,
        [as_json(listed.facts(row)) for row in page],
        page,
        lambda number: path_of(listed.json_path, listed.query, number),
        title=listed.title,
        page_path=path_of(listed.page_path, listed.query),
        sources=listed.sources,
    )


def csv_list(request: HttpRequest, listed: DataList, language: str) -> HttpResponse:
    """All of the list in one file; with `?page=` as much of it as a page of JSON."""
    rows = listed.rows
    if request.GET.get("page"):
        rows = page = page_of(listed.rows, PAGE_SIZE, request.GET["page"])
        addresses = {
            number: request.build_absolute_uri(path_of(listed.csv_path, listed.query, number, always=True))
            for number in page_numbers(page)
        }
        link = links_of(page, addresses, site_licence())
    else:
        link = licence_link()
    lines = list(csv_lines(listed.columns, map(listed.csv_row, rows)))
    return streamed(request, lines, etag=etag_of(lines), filename=f"{listed.name}-{language}.csv", link=link)


def path_of(path: str, query: dict[str, Any], number: int = 1, *, always: bool = False) -> str:
    """A path with the choice and, from the second on, the number of the page."""
    more = {"page": number} if number > 1 or always else {}
    text = urlencode(query | more, doseq=True)
    return f"{path}?{text}" if text else path


def json_response(
    request: HttpRequest,
    items: list,
    page: Any,
    address: Callable[[int], str],
    *,
    title: str,
    page_path: str,
    sources: Iterable[Source] = (),
) -> HttpResponse:
    """`address` gives the path of a page of the list by its number."""
    addresses = {number: request.build_absolute_uri(address(number)) for number in page_numbers(page)}
    terms = site_licence()
    body = json_page(
        items,
        page=page,
        addresses=addresses,
        title=title,
        page_url=request.build_absolute_uri(page_path),
        licence=terms,
        sources=sources,
    )
    response = feed_response(request, body, JSON, address=request.build_absolute_uri(address(page.number)))
    response.headers["Link"] = links_of(page, addresses, terms)
    return response


def site_licence() -> Licence:
    """The terms of all downloads, with the association as the source; its name by the model's, as a key would."""
    return licence(text_of(apps.get_model("pages", "SiteIdentity").objects.first(), "name").text)


def licence_link() -> str:
    url = site_licence().url
    return f'<{url}>; rel="license"' if url else ""


def address_maker(absolute: Callable[[str], str], name: str) -> Callable[[str, str], str]:
    """Makes the address of an item's page from language and slug; asking the router each time would take longer."""
    parts = {}
    for code in ALL_LANGUAGES:
        with override(code):
            path = absolute(reverse(name, kwargs={"slug": "0"}))
        parts[code] = path.rsplit("0", 1)
    return lambda code, slug: slug.join(parts[code])


def addresses_of(item: Any, address: Callable[[str, str], str], language: str) -> dict[str, Any]:
    """`url` in the page's language, and `urls` in all those that the item exists in."""
    slugs = {code: getattr(item, f"slug_{code}") for code in ALL_LANGUAGES}
    existing = [code for code in ALL_LANGUAGES if getattr(item, f"{getattr(item, 'title_field', 'title')}_{code}")]
    return {
        "url": address(language, slugs[language]),
        "urls": {code: address(code, slugs[code]) for code in existing},
    }
