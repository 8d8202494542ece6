"""Networks and member cities as data: each the same list as a page, in another form."""

from django.urls import reverse
from django.utils.translation import gettext

from networks.city_selection import read_city_selection
from networks.data import (
    CITY_COLUMNS,
    GEONAMES,
    NETWORK_COLUMNS,
    city_facts,
    city_rows,
    network_facts,
    network_rows,
)
from publishing.public_page import public_page
from translations.data_lists import DataList, address_maker, csv_list, json_list
from translations.texts import current_language


@public_page
def network_json(request):
    return json_list(request, network_data_list(request))


@public_page
def network_csv(request):
    return csv_list(request, network_data_list(request), current_language())


@public_page
def city_json(request):
    return json_list(request, city_data_list(request))


@public_page
def city_csv(request):
    return csv_list(request, city_data_list(request), current_language())


def network_data_list(request):
    language = current_language()
    address = address_maker(request.build_absolute_uri, "networks:network_detail")
    return DataList(
        name="networks",
        title=gettext("Networks"),
        page_path=reverse("networks:network_list"),
        json_path=reverse("networks:network_json"),
        csv_path=reverse("networks:network_csv"),
        columns=NETWORK_COLUMNS,
        rows=network_rows(),
        facts=lambda network: network_facts(network, address, language),
    )


def city_data_list(request):
    language, selection = current_language(), read_city_selection(request.GET)
    address = address_maker(request.build_absolute_uri, "networks:city_detail")
    return DataList(
        name="cities",
        title=gettext("Member cities"),
        page_path=reverse("networks:city_list"),
        json_path=reverse("networks:city_json"),
        csv_path=reverse("networks:city_csv"),
        columns=CITY_COLUMNS,
        rows=city_rows(selection),
        facts=lambda city: city_facts(city, address, language),
        query=selection.query,
        sources=(GEONAMES,),
    )
