from itertools import groupby

from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from networks.city_map import city_maps
from networks.city_selection import CityForm, read_city_selection
from networks.countries import country_name
from networks.models import City, Network
from publishing.collation import collation_key
from publishing.former_slugs import get_by_only_slug
from publishing.kept import lazily
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
    context = {"kept_as": ("networks",), "kinds": SimpleLazyObject(networks_by_kind)}
    return render(request, "networks/network_list.html", context)


def networks_by_kind():
    networks = Network.objects.published().select_related("coordinating_city", "parent_network")
    kinds = [
        {"kind": kind, "label": label, "networks": [network for network in networks if network.kind == kind]}
        for kind, label in Network.Kind.choices
    ]
    return [kind for kind in kinds if kind["networks"]]


@public_page
def network_detail(request, slug):
    return render_network(request, get_by_slug(public_networks, slug))


def public_networks():
    return Network.objects.published().select_related("coordinating_city", "parent_network", "picture")


def render_network(request, network):
    """Also called by the admin's preview, for drafts."""
    # Asked for only where the parts of the page that show them are not kept.
    members = SimpleLazyObject(lambda: list(network.cities.published().members()))
    events = network.events.published().listed()
    context = {
        "kept_as": ("network", network.pk),
        "item": network,
        "network": network,
        "countries": SimpleLazyObject(lambda: by_country(members)),
        "maps": SimpleLazyObject(lambda: city_maps(members, is_chosen=True)),
        "members": members,
    } | lazily(
        committee=lambda: network.coordination_committee.published(),
        groups=lambda: network.groups.published(),
        coming=lambda: events.upcoming().for_cards()[:RECENT],
        past=lambda: events.past().for_cards()[:RECENT],
        posts=lambda: network.posts.published().listed().newest_first().for_cards()[:RECENT],
    )
    return render(request, "networks/network_detail.html", context)


@public_page
def city_list(request):
    """Member cities on maps and by country. `?q=` looks in every name that a city is known by."""
    selection = read_city_selection(request.GET)
    found = SimpleLazyObject(lambda: CitiesFound(selection))
    context = {
        "kept_as": ("cities", selection),
        "noindex": bool(selection),
        "selection": selection,
        "form": CityForm(selection),
        "found": found,
    }
    return render(request, "networks/city_list.html", context)


class CitiesFound:
    """What a choice among the cities leads to: by country, on maps, and counted."""

    def __init__(self, selection):
        self.countries = by_country(selection.cities())
        cities = [city for name, group in self.countries for city in group]
        self.maps = city_maps(cities, selection.country, is_chosen=bool(selection))
        self.count = len(cities)
        self.as_of = selection.as_of() if cities else None


@public_page
def city_detail(request, slug):
    return render_city(request, get_by_only_slug(public_cities, slug))


def public_cities():
    return City.objects.published().select_related("picture")


def render_city(request, city):
    """Also called by the admin's preview, for drafts."""
    events = city.events.published().listed()
    context = {
        "kept_as": ("city", city.pk),
        "item": city,
        "city": city,
    } | lazily(
        networks=lambda: city.networks.published().order_by("order", "pk"),
        coordinates=lambda: city.coordinates.published(),
        experiences=lambda: city.experiences.published().listed().for_cards(),
        coming=lambda: events.upcoming().for_cards()[:RECENT],
        past=lambda: events.past().for_cards()[:RECENT],
        hosted=lambda: city.hosted_editions.published().for_cards(),
        recognitions=lambda: city.recognitions.filter(
            visible(prefix="edition__"), visible(prefix="edition__series__")
        ).select_related("edition__series"),
        posts=lambda: city.posts.published().listed().newest_first().for_cards()[:RECENT],
    )
    return render(request, "networks/city_detail.html", context)
