"""What the items about the association's world look like: vocabularies, cities, networks, editions, events."""

from agenda.models import Event
from editions.models import Edition, Figure, Recognition, Series
from experiences.taxonomy import CharterPart, CharterPrinciple, Sdg, TargetGroup, Theme
from networks.models import City, Network
from starter_content.checks import (
    LANGUAGES,
    clock,
    colour,
    country,
    day,
    degrees,
    edtf,
    flag,
    html,
    item_id,
    language_tag,
    large,
    list_of,
    nothing_or,
    one_of,
    record,
    reference,
    slug,
    text,
    time_zone,
    translated,
    url,
    whole,
    words,
    year,
)

LANGUAGE = one_of(LANGUAGES)
ORDER = whole()
SLUGS = translated(slug)
NAME_IN_LANGUAGE = record({"language": language_tag, "text": text(120)})
RECOGNISED = list_of(record({"city": reference("cities")}, {"project": words(Recognition, "project")}), least=1)


def vocabulary(model):
    return record({"id": item_id, "name": words(model, "name"), "order": ORDER}, {"source_language": LANGUAGE})


FACTS = {
    "themes": vocabulary(Theme),
    "target_groups": vocabulary(TargetGroup),
    "sdgs": record(
        {"id": item_id, "number": whole(1, 17), "name": words(Sdg, "name"), "color": colour, "text_color": colour}
    ),
    "charter_parts": record(
        {"id": item_id, "order": ORDER, "from": whole(1), "to": whole(1), "name": words(CharterPart, "name")}
    ),
    "charter_principles": record(
        {
            "id": item_id,
            "number": whole(1),
            "part": reference("charter_parts"),
            "label": words(CharterPrinciple, "label"),
        }
    ),
    "cities": record(
        {"id": item_id, "name": text((City, "name")), "country": country, "listed_as": one_of(City.ListedAs)},
        {
            "name_local": NAME_IN_LANGUAGE,
            "official_names": list_of(NAME_IN_LANGUAGE),
            "exonyms": words(City, "exonym"),
            "region": text((City, "region")),
            "part_of": text((City, "part_of")),
            "latitude": degrees(90),
            "longitude": degrees(180),
            "timezone": time_zone,
            "geonames_id": large,
            "networks": list_of(reference("networks")),
            "joined_year": year,
        },
    ),
    "networks": record(
        {
            "id": item_id,
            "official_name": record(
                {"language": language_tag, "text": text((Network, "official_name"))}, {"descriptive": flag}
            ),
            "name": words(Network, "name"),
            "kind": one_of(Network.Kind),
            "countries": list_of(country),
            "shown_on_home": flag,
            "order": ORDER,
            "source_language": LANGUAGE,
        },
        {
            "acronym": text((Network, "acronym")),
            "website": url,
            "founded": edtf,
            "active": edtf,
            "parent_network": reference("networks"),
            "coordinating_city": reference("cities"),
            "coordination_committee": list_of(reference("cities")),
            "coordination_period": edtf,
            "reported_members": record({"cities": large}, {"as_of": edtf, "at_least": flag}),
            "description": words(Network, "description"),
        },
    ),
    "series": record(
        {
            "id": one_of(Series.Key),
            "name": words(Series, "name"),
            "description": words(Series, "description"),
            "order": ORDER,
            "source_language": LANGUAGE,
        },
        {"slug": SLUGS},
    ),
    "editions": record(
        {
            "id": item_id,
            "series": reference("series"),
            "ordinal": nothing_or(whole(1)),
            "year": year,
            "title": words(Edition, "title"),
            "date": edtf,
            "status": one_of(Edition.Status),
            "source_language": LANGUAGE,
        },
        {
            "theme": words(Edition, "theme"),
            "note": words(Edition, "note"),
            "slug": SLUGS,
            "host_city": reference("cities"),
            "country": country,
            "figures": record(optional={**dict.fromkeys(Figure.Kind.values, large), "at_least": flag}),
            "winners": RECOGNISED,
            "finalists": RECOGNISED,
            "distinguished": RECOGNISED,
            "mentions": RECOGNISED,
            "finalists_complete": flag,
            "distinguished_complete": flag,
            **dict.fromkeys(("call_opened", "deadline", "jury_met", "decision"), day),
            "ceremony": record({"date": day}, {"city": reference("cities"), "mode": one_of(Edition.CeremonyMode)}),
            "url": url,
        },
    ),
    "events": record(
        {
            "id": item_id,
            "kind": one_of(Event.Kind),
            "title": words(Event, "title"),
            "date": edtf,
            "status": one_of(Event.Status),
            "source_language": LANGUAGE,
        },
        {
            "theme": words(Event, "theme"),
            "summary": words(Event, "summary"),
            "body": translated(html),
            "slug": SLUGS,
            "start_time": clock,
            "end_time": clock,
            "timezone": time_zone,
            "place": text((Event, "place")),
            "city": reference("cities"),
            "country": country,
            "mode": one_of(Event.Mode),
            "network": reference("networks"),
            "edition": reference("editions"),
            "ordinal": whole(1),
            "url": url,
        },
    ),
}
