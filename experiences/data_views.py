"""The bank and the series as data: each the same choice as a page, in another form."""

from django.urls import reverse
from django.utils.translation import gettext

from experiences.data import CSV_COLUMNS, FOCUS_COLUMNS, focus_facts, records_of
from experiences.facet_index import facet_index
from experiences.facets import texts_of
from experiences.models import FocusIssue
from experiences.selection import Result, read_selection, title_of
from publishing import clock
from publishing.open_data import csv_lines, etag_of, links_of, page_numbers, streamed
from publishing.paging import page_of
from publishing.public_page import public_page
from translations.data_lists import PAGE_SIZE, DataList, csv_list, json_list, json_response, licence_link, site_licence
from translations.texts import current_language


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
    """All of the result in one file; with `?page=` as much of it as a page of JSON.

    Sent while it is written, as it may be long: its tag follows from the versions of the bank's tables.
    """
    index, now = facet_index(), clock.now()
    selection = read_selection(request.GET, index, now)
    result = Result(index, selection, now)
    language, absolute = current_language(), request.build_absolute_uri
    path = reverse("experiences:experience_csv")
    pks, number = result.pks, None
    if request.GET.get("page"):
        page = page_of(pks, PAGE_SIZE, request.GET["page"])
        pks, number = list(page), page.number
        link = links_of(
            page,
            {n: absolute(selection.data_address(path, **numbered(n, always=True))) for n in page_numbers(page)},
            site_licence(),
        )
    else:
        link = licence_link()
    rows = (record.as_csv(language) for record in records_of(index, pks, language, absolute, now))
    etag = etag_of(absolute(selection.data_address(path)), number, index.versions, pks)
    return streamed(
        request, csv_lines(CSV_COLUMNS, rows), etag=etag, filename=f"experiences-{language}.csv", link=link
    )


@public_page
def focus_json(request):
    return json_list(request, focus_list(request))


@public_page
def focus_csv(request):
    return csv_list(request, focus_list(request), current_language())


def focus_list(request):
    return DataList(
        name="focus-experience",
        title=gettext("Focus Experience"),
        page_path=reverse("experiences:focus_list"),
        json_path=reverse("experiences:focus_json"),
        csv_path=reverse("experiences:focus_csv"),
        columns=FOCUS_COLUMNS,
        rows=FocusIssue.objects.published().listed().newest_first().for_cards(),
        facts=lambda issue: focus_facts(issue, request.build_absolute_uri),
    )


def numbered(number, always=False):
    return {"page": number} if number > 1 or always else {}
