"""The publications as data: the same choice as their list, in another form."""

from django.urls import reverse

from publications.data import COLUMNS, publication_facts, rows_of
from publications.selection import read_selection
from publishing.public_page import public_page
from translations.data_lists import DataList, address_maker, csv_list, json_list
from translations.texts import current_language


@public_page
def publication_json(request):
    return json_list(request, publication_data_list(request))


@public_page
def publication_csv(request):
    return csv_list(request, publication_data_list(request), current_language())


def publication_data_list(request):
    selection, language = read_selection(request.GET), current_language()
    absolute = request.build_absolute_uri
    address = address_maker(absolute, "publications:publication_detail")
    return DataList(
        name="publications",
        title=selection.title,
        page_path=reverse("publications:publication_list"),
        json_path=reverse("publications:publication_json"),
        csv_path=reverse("publications:publication_csv"),
        columns=COLUMNS,
        rows=rows_of(selection.publications()),
        facts=lambda publication: publication_facts(publication, address, absolute, language),
        query=selection.query,
    )
