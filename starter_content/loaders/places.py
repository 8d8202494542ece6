"""Cities, networks, and which city is in which network."""

from networks.models import City, Network
from starter_content.columns import PUBLISHED, optional, parents_first, plain, slugs, texts
from starter_content.loading import Row


def load_places(loading):
    for item in loading.content["cities"]:
        loading.store(Row(City, "cities", item, city_values(item)))
    for item in parents_first(loading.content["networks"], "parent_network"):
        committee = loading.pks_of("cities", item.get("coordination_committee", ()))
        loading.store(
            Row(Network, "networks", item, network_values(item, loading), sets={"coordination_committee": committee})
        )
    # Memberships are the city's own rows and could not be written before the networks were there.
    for item in loading.content["cities"]:
        if ("cities", item["id"]) in loading.was_written:
            networks = loading.pks_of("networks", item.get("networks", ()))
            city = City(pk=loading.pk("cities", item["id"]))
            loading.replace_own_rows(city, "memberships", [{"network_id": network} for network in networks])


def city_values(item):
    local = item.get("name_local", {})
    return {
        **PUBLISHED,
        **texts(item, exonym="exonyms"),
        **plain(item, "name", "country", "listed_as", "region", "part_of", "timezone"),
        **optional(item, "latitude", "longitude", "geonames_id", "joined_year"),
        "name_local": local.get("text", ""),
        "name_local_language": local.get("language", ""),
        "official_names": item.get("official_names", []),
    }


def network_values(item, loading):
    official, reported = item["official_name"], item.get("reported_members", {})
    return {
        **PUBLISHED,
        **texts(item, "name", "description"),
        **slugs(item),
        **plain(item, "source_language", "acronym", "kind", "countries", "website", "founded", "active"),
        **plain(item, "coordination_period", "shown_on_home", "order"),
        "official_name": official["text"],
        "official_language": official["language"],
        "official_name_is_descriptive": official.get("descriptive", False),
        "parent_network_id": loading.pk("networks", item.get("parent_network")),
        "coordinating_city_id": loading.pk("cities", item.get("coordinating_city")),
        "reported_cities": reported.get("cities"),
        "reported_as_of": reported.get("as_of", ""),
        "reported_at_least": reported.get("at_least", False),
    }
