"""Names of cities and networks, as they stand in what is found by them."""

from django.utils import timezone

from networks.countries import country_name
from publishing.models import State
from translations.texts import ALL_LANGUAGES

# What decides the names, and whether they may be told.
_STATE = ("state", "publish_at", "withdraw_at")
CITY_NAMES = ("name", "name_local", "official_names", "exonym", "region", "part_of", *_STATE)
NETWORK_NAMES = ("official_name", "acronym", "name", *_STATE)


def may_be_named(item):
    """Whether an item is public and stays so: what is found by its name must not tell it too early or too late."""
    now = timezone.now()
    return (
        item is not None
        and item.state == State.PUBLISHED
        and item.withdraw_at is None
        and (item.publish_at is None or item.publish_at <= now)
    )


def all_city_names(city):
    exonyms = [getattr(city, f"exonym_{code}") or "" for code in ALL_LANGUAGES]
    official = [str(name.get("text", "")) for name in city.official_names if isinstance(name, dict)]
    return list(dict.fromkeys(filter(None, [city.name, city.name_local, *official, *exonyms])))


def names_of_city(city):
    """Every name of a public city in one line, "" for another one."""
    return " · ".join([*all_city_names(city), city.region, city.part_of]) if may_be_named(city) else ""


def names_of_network(network):
    """Every name of a public network in one line, "" for another one."""
    if not may_be_named(network):
        return ""
    names = [network.official_name, network.acronym, *(getattr(network, f"name_{code}") for code in ALL_LANGUAGES)]
    return " · ".join(dict.fromkeys(filter(None, names)))


def country_in(code, language):
    return country_name(code, language) if code else ""
