"""Series, their numbered editions, and the events of the agenda."""

from agenda.models import Event
from editions.models import Edition, Figure, Recognition, Series
from starter_content.columns import PUBLISHED, day, optional, plain, slugs, texts
from starter_content.loading import Row

RECOGNISED = {
    "winners": Recognition.Kind.WINNER,
    "finalists": Recognition.Kind.FINALIST,
    "distinguished": Recognition.Kind.DISTINGUISHED,
    "mentions": Recognition.Kind.MENTION,
}


def load_series(loading):
    for item in loading.content["series"]:
        key = {"key": item["id"]}
        values = {**PUBLISHED, **key, **texts(item, "name", "description"), **slugs(item)}
        values |= plain(item, "order", "source_language")
        loading.store(Row(Series, "series", item, values, identity=key))


def load_editions(loading):
    for item in loading.content["editions"]:
        series = loading.pk("series", item["series"])
        number = {"series_id": series, "ordinal": item["ordinal"]} if item["ordinal"] else {}
        own = {"figures": figures(item), "recognitions": recognitions(item, loading)}
        values = edition_values(item, loading) | {"series_id": series}
        loading.store(Row(Edition, "editions", item, values, own=own, identity=number, needs=(series,)))


def edition_values(item, loading):
    ceremony = item.get("ceremony", {})
    return {
        **PUBLISHED,
        **texts(item, "title", "theme", "note"),
        **slugs(item),
        **plain(item, "source_language", "ordinal", "year", "date", "status", "country", "url"),
        **optional(item, "finalists_complete", "distinguished_complete"),
        **{name: day(item.get(name)) for name in ("call_opened", "deadline", "jury_met", "decision")},
        "host_city_id": loading.pk("cities", item.get("host_city")),
        "ceremony_date": day(ceremony.get("date")),
        "ceremony_city_id": loading.pk("cities", ceremony.get("city")),
        "ceremony_mode": ceremony.get("mode", ""),
    }


def figures(item):
    given = item.get("figures", {})
    at_least = given.get("at_least", False)
    return [{"kind": kind, "value": given[kind], "at_least": at_least} for kind in Figure.Kind.values if kind in given]


def recognitions(item, loading):
    """Of cities that are (still) there; their projects are told in the edition's language."""
    in_language = {"source_language": item["source_language"]} if "source_language" in item else {}
    return [
        {"kind": kind, "city_id": city, "order": order, **in_language, **texts(one, "project")}
        for name, kind in RECOGNISED.items()
        for order, one in enumerate(item.get(name, ()), start=1)
        if (city := loading.pk("cities", one["city"])) is not None
    ]


def load_events(loading):
    for item in loading.content["events"]:
        loading.store(Row(Event, "events", item, event_values(item, loading)))


def event_values(item, loading):
    return {
        **PUBLISHED,
        **texts(item, "title", "theme", "summary", "body"),
        **slugs(item),
        **plain(item, "source_language", "kind", "status", "date", "timezone", "place", "country", "mode", "url"),
        **optional(item, "start_time", "end_time", "ordinal"),
        "city_id": loading.pk("cities", item.get("city")),
        "network_id": loading.pk("networks", item.get("network")),
        "edition_id": loading.pk("editions", item.get("edition")),
    }
