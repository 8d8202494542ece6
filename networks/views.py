from itertools import groupby

from django.shortcuts import render

from networks.city_map import city_maps
from networks.city_selection import CityForm, read_city_selection
from networks.countries import country_name
from networks.models import City, Network
from publishing.collation import collation_key
from publishing.former_slugs import get_by_only_slug
from publishing.models import visible
from publishing.public_page import public_page
from publishing.slugs import get_by_slug

RECENT = 5


def by_country(cities):
    """[(country name, [City, …]), …], both in the order of the page's language."""
    in_order = sorted(cities, key=lambda city: (city.country, collation_key(city.name), city.pk))
    named = [(country_name(code), list(group)) for code, group in groupby(in_order, key=lambda city: city.country)]
    return sorted(named, key=lambda pair: collation_key(pair[0]))


@public_page
def network_list(request):
    networks = Network.objects.published().select_related("coordinating_city", "parent_network")
    kinds = [
        {"kind": kind, "label": label, "networks": [network for network in networks if network.kind == kind]}
        for kind, label in Network.Kind.choices
    ]
    return render(request, "networks/network_list.html", {"kinds": [kind for kind in kinds if kind["networks"]]})


@public_page
def network_detail(request, slug):
    networks = Network.objects.published().select_related("coordinating_city", "parent_network", "picture")
    return render_network(request, get_by_slug(networks, slug))


def render_network(request, network):
    """Also called by the admin's preview, for drafts."""
    members = network.cities.published().members()
    events = network.events.published().listed()
    context = {
        "item": network,
        "network": network,
        "countries": by_country(members),
        "maps": city_maps(members, is_chosen=True),
        "member_count": len(members),
        "committee": network.coordination_committee.published(),
        "groups": network.groups.published(),
        "coming": events.upcoming().for_cards()[:RECENT],
        "past": events.past().for_cards()[:RECENT],
        "posts": network.posts.published().listed().newest_first().for_cards()[:RECENT],
    }
    return render(request, "networks/network_detail.html", context)


@public_page
def city_list(request):
    """Member cities on maps and by country. `?q=` looks in every name that a city is known by."""
    selection = read_city_selection(request.GET)
    countries = by_country(selection.cities())
    cities = [city for name, group in countries for city in group]
    context = {
        "noindex": bool(selection),
        "selection": selection,
        "form": CityForm(selection),
        "maps": city_maps(cities, selection.country, is_chosen=bool(selection)),
        "countries": countries,
        "count": len(cities),
        "as_of": selection.as_of() if cities else None,
    }
    return render(request, "networks/city_list.html", context)


@public_page
def city_detail(request, slug):
    return render_city(request, get_by_only_slug(City.objects.published().select_related("picture"), slug))


def render_city(request, city):
    """Also called by the admin's preview, for drafts."""
    events = city.events.published().listed()
    context = {
        "item": city,
        "city": city,
        "networks": city.networks.published().order_by("order", "pk"),
        "coordinates": city.coordinates.published(),
        "experiences": city.experiences.published().listed().for_cards(),
        "coming": events.upcoming().for_cards()[:RECENT],
        "past": events.past().for_cards()[:RECENT],
        "hosted": city.hosted_editions.published().for_cards(),
        "recognitions": city.recognitions.filter(
            visible(prefix="edition__"), visible(prefix="edition__series__")
        ).select_related("edition__series"),
        "posts": city.posts.published().listed().newest_first().for_cards()[:RECENT],
    }
    return render(request, "networks/city_detail.html", context)
