"""The news as data: the same choice as their feeds, in another form."""

from django.urls import reverse

from news.data import COLUMNS, post_facts, rows_of
from news.selection import read_selection
from publishing.public_page import public_page
from translations.data_lists import DataList, address_maker, csv_list, json_list
from translations.texts import current_language


@public_page
def post_json(request):
    return json_list(request, post_data_list(request))


@public_page
def post_csv(request):
    return csv_list(request, post_data_list(request), current_language())


def post_data_list(request):
    selection, language = read_selection(request.GET), current_language()
    address = address_maker(request.build_absolute_uri, "news:post_detail")
    return DataList(
        name="news",
        title=selection.title,
        page_path=selection.page,
        json_path=reverse("news:post_json"),
        csv_path=reverse("news:post_csv"),
        columns=COLUMNS,
        rows=rows_of(selection.posts().listed()),
        facts=lambda post: post_facts(post, address, language),
        query=selection.query,
    )
