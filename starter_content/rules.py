"""Rules about several fields of an item, or about several items.

A rule is a function of the content, whose single fields are known to be right, and yields (section name, item id,
field, what is wrong) for each problem.
"""

import datetime
from itertools import chain

from django.conf import settings

from agenda.dates import EventDate
from editions.models import Edition
from publishing.dates import parse_edtf
from starter_content.checks import LANGUAGES, shown

# The text that an item has to have in the language that it was first written in.
TITLES = {
    "series": "name",
    "editions": "title",
    "events": "title",
    "focus_series": "name",
    "bank": "title",
    "focus": "title",
    "posts": "title",
    "pages": "title",
    "identity": "name",
    "menu": "label",
    "highlights": "label",
    "issues": "title",
}
# Sections whose rows share the slugs of one model.
SHARING_ADDRESSES = (
    ("series",),
    ("editions",),
    ("events",),
    ("bank", "focus"),
    ("categories",),
    ("posts",),
    ("pages",),
)
# Fields (or pairs of fields) that no two items of the sections may share.
UNIQUE = (
    *(((name,), ("id",)) for name in TITLES if name not in ("bank", "focus")),
    *(((name,), ("id",)) for name in ("themes", "target_groups", "charter_parts", "cities", "networks", "categories")),
    (("bank", "focus"), ("id",)),
    (("sdgs",), ("id",)),
    (("sdgs",), ("number",)),
    (("charter_principles",), ("id",)),
    (("charter_principles",), ("number",)),
    (("editions",), ("series", "ordinal")),
    (("focus",), ("number",)),
)


def nothing_is_there_twice(content):
    for names, fields in UNIQUE:
        seen = set()
        for name in names:
            for item in content[name]:
                value = tuple(item.get(field) for field in fields)
                if None in value:
                    continue
                if value in seen:
                    yield name, item["id"], fields[-1], f"{shown(item[fields[-1]])} is there twice"
                seen.add(value)


def addresses_are_unique(content):
    for names in SHARING_ADDRESSES:
        owners = {}
        for name in names:
            for item in content[name]:
                for language, slug in item.get("slug", {}).items():
                    owner = owners.setdefault((language, slug), item["id"])
                    if owner != item["id"]:
                        yield name, item["id"], f"slug.{language}", f"{shown(slug)} is the address of {owner} too"


def titles_are_there_in_the_source_language(content):
    for name, field in TITLES.items():
        for item in content[name]:
            if item["source_language"] not in item[field]:
                yield name, item["id"], field, f"has no text in the source language ({item['source_language']})"
    for item in content["networks"]:
        if item["source_language"] not in item.get("description", item["name"]):
            yield "networks", item["id"], "description", "has no text in the source language"


def slugs_have_titles(content):
    for name in chain.from_iterable(SHARING_ADDRESSES):
        for item in content[name]:
            for language in item.get("slug", {}):
                if language not in item.get("title", item.get("name")):
                    yield name, item["id"], f"slug.{language}", "has no title in this language"


def dates_and_times_go_together(content):
    cities = {city["id"]: city for city in content["cities"]}
    for item in content["events"]:
        city = cities.get(item.get("city"), {})
        try:
            EventDate(
                when=parse_edtf(item["date"]),
                time_zone=item.get("timezone") or city.get("timezone") or settings.TIME_ZONE,
                **{
                    name: datetime.time.fromisoformat(item[name])
                    for name in ("start_time", "end_time")
                    if name in item
                },
            )
        except ValueError as error:
            yield "events", item["id"], "date", str(error)
    for item in content["highlights"]:
        if item.get("until", "9999") < item.get("from", ""):
            yield "highlights", item["id"], "until", "lies before “from”"


def cancelled_editions_have_no_number(content):
    for item in content["editions"]:
        if item["status"] == Edition.Status.CANCELLED and item["ordinal"] is not None:
            yield "editions", item["id"], "ordinal", "has to be null: the next edition held takes the number"


def parents_are_above(content):
    for name, field in (("menu", "parent"), ("networks", "parent_network")):
        parents = {item["id"]: item.get(field) for item in content[name]}
        for item_id, parent in parents.items():
            seen = {item_id}
            while parent and parent not in seen:
                seen.add(parent)
                parent = parents.get(parent)
            if parent:
                yield name, item_id, field, f"{shown(parent)} lies above and below at once"
            elif name == "menu" and len(seen) > 2:
                yield name, item_id, field, "the menu has two levels only"


def experiences_have_one_place(content):
    for name in ("bank", "focus"):
        for item in content[name]:
            if item["city"] is None and not item.get("city_name"):
                yield name, item["id"], "city_name", "is missing, and there is no city"
            elif item["city"] is not None and item.get("city_name"):
                yield name, item["id"], "city_name", "is only for a city that is not in the cities"


def principles_lie_in_their_parts(content):
    parts = {part["id"]: part for part in content["charter_parts"]}
    for item in content["charter_principles"]:
        part = parts[item["part"]]
        if not part["from"] <= item["number"] <= part["to"]:
            yield "charter_principles", item["id"], "part", f"{item['part']} has {part['from']} to {part['to']} only"


def issues_of_posts_are_of_the_series(content):
    series = content["focus_series"][0]["id"]
    for item in content["posts"]:
        if item.get("series_item", {}).get("series", series) != series:
            yield "posts", item["id"], "series_item.series", f"only {series} has numbered issues"
    if not any(item["id"] == series for item in content["series"]):
        yield "focus_series", series, "id", "is not in the series"


def the_site_is_itself(content):
    site = content["identity"][0]
    if site["content_languages"] != LANGUAGES:
        yield "identity", "identity", "content_languages", f"the site has {', '.join(LANGUAGES)}"
    if "seat" in site:
        city = next(city for city in content["cities"] if city["id"] == site["seat"]["city"])
        if city["country"] != site["seat"]["country"]:
            yield "identity", "identity", "seat.country", f"{city['name']} is in {city['country']}"
    dates = [count["as_of"] for count in site.get("member_counts", ())]
    for date in sorted({date for date in dates if dates.count(date) > 1}):
        yield "identity", "identity", "member_counts", f"{shown(date)} is there twice"


RULES = (
    nothing_is_there_twice,
    addresses_are_unique,
    titles_are_there_in_the_source_language,
    slugs_have_titles,
    dates_and_times_go_together,
    cancelled_editions_have_no_number,
    parents_are_above,
    experiences_have_one_place,
    principles_lie_in_their_parts,
    issues_of_posts_are_of_the_series,
    the_site_is_itself,
)
