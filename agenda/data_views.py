"""The agenda as data: the same choice as its page, in another form."""

from django.urls import reverse

from agenda.data import COLUMNS, event_facts, rows_of
from agenda.selection import read_selection
from publishing import clock
from publishing.public_page import public_page
from translations.data_lists import DataList, address_maker, csv_list, json_list
from translations.texts import current_language


@public_page
def event_json(request):
    return json_list(request, event_data_list(request))


@public_page
def event_csv(request):
    return csv_list(request, event_data_list(request), current_language())


def event_data_list(request):
    selection, language = read_selection(request.GET), current_language()
    address = address_maker(request.build_absolute_uri, "agenda:event_detail")
    return DataList(
        name="events",
        title=selection.title,
        page_path=reverse("agenda:event_list"),
        json_path=reverse("agenda:event_json"),
        csv_path=reverse("agenda:event_csv"),
        columns=COLUMNS,
        rows=rows_of(selection.events(clock.now())),
        facts=lambda event: event_facts(event, address, language),
        query=selection.query(),
    )
