"""The bank and the series as data: each the same choice as a page, in another form."""

from django.urls import reverse
from django.utils.translation import gettext

from experiences.data import CSV_COLUMNS, FOCUS_COLUMNS, focus_as_json, focus_rows, records_of
from experiences.facet_index import facet_index
from experiences.facets import texts_of
from experiences.feeds import site_identity
from experiences.models import FocusIssue
from experiences.selection import Result, read_selection, title_of
from publishing import clock
from publishing.feed_response import feed_response
from publishing.open_data import (
    JSON,
    csv_lines,
    etag_of,
    json_page,
    licence,
    links_of,
    page_numbers,
    streamed,
)
from publishing.paging import page_of
from publishing.public_page import public_page
from translations.texts import current_language, text_of

# Of JSON; a CSV file without a page number is the whole result.
PAGE_SIZE = 100


@public_page
def experience_json(request):
    index, now = facet_index(), clock.now()
    selection = read_selection(request.GET, index, now)
    page = page_of(Result(index, selection, now).pks, PAGE_SIZE, request.GET.get("page"))
    language, absolute = current_language(), request.build_absolute_uri

    def address(number):
        return selection.data_address(reverse("experiences:experience_json"), **numbered(number))

    items = [record.as_json(language) for record in records_of(index, list(page), language, absolute, now)]
    title = title_of([text.text for text in texts_of(selection)])
    page_path = selection.data_address(reverse("experiences:experience_list"))
    return json_response(request, items, page, address, title=title, page_path=page_path)


@public_page
def experience_csv(request):
    """All of the result in one file; with `?page=` as much of it as a page of JSON."""
    index, now = facet_index(), clock.now()
    selection = read_selection(request.GET, index, now)
    result = Result(index, selection, now)
    language, absolute = current_language(), request.build_absolute_uri
    path = reverse("experiences:experience_csv")
    pks, link, number = result.pks, licence_link(), None
    if request.GET.get("page"):
        page = page_of(pks, PAGE_SIZE, request.GET["page"])
        pks, number = list(page), page.number
        link = links_of(
            page,
            {n: absolute(selection.data_address(path, **numbered(n, always=True))) for n in page_numbers(page)},
            site_licence(),
        )
    rows = (record.as_csv(language) for record in records_of(index, pks, language, absolute, now))
    etag = etag_of(absolute(selection.data_address(path)), number, index.versions, pks)
    return streamed(
        request, csv_lines(CSV_COLUMNS, rows), etag=etag, filename=f"experiences-{language}.csv", link=link
    )


@public_page
def focus_json(request):
    page = page_of(listed_issues(), PAGE_SIZE, request.GET.get("page"))
    path = reverse("experiences:focus_json")
    items = [focus_as_json(issue, request.build_absolute_uri) for issue in page]
    title, page_path = gettext("Focus Experience"), reverse("experiences:focus_list")

    def address(number):
        return f"{path}?page={number}" if number > 1 else path

    return json_response(request, items, page, address, title=title, page_path=page_path)


@public_page
def focus_csv(request):
    """A number a row, all of them: there are some dozens."""
    language, absolute = current_language(), request.build_absolute_uri
    lines = list(csv_lines(FOCUS_COLUMNS, focus_rows(listed_issues(), language, absolute)))
    return streamed(
        request, lines, etag=etag_of(lines), filename=f"focus-experience-{language}.csv", link=licence_link()
    )


def listed_issues():
    return FocusIssue.objects.published().listed().newest_first().for_cards()


def json_response(request, items, page, address, *, title, page_path):
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
    )
    response = feed_response(request, body, JSON, address=request.build_absolute_uri(address(page.number)))
    response.headers["Link"] = links_of(page, addresses, terms)
    return response


def numbered(number, always=False):
    return {"page": number} if number > 1 or always else {}


def site_licence():
    return licence(text_of(site_identity(), "name").text)


def licence_link():
    url = site_licence().url
    return f'<{url}>; rel="license"' if url else ""
