"""Bad data stops before anything is written, and each message names file, item and field."""

import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from networks.models import City
from starter_content.loaders import LOADERS
from starter_content.loading import load as load_content
from starter_content.models import LoadedItem
from starter_content.progress import Progress
from starter_content.reading import BadData, read_folder, take_apart
from starter_content.validation import validate
from tests.starter_content.conftest import run_command
from tests.starter_content.files import write_files

pytestmark = pytest.mark.django_db


def change(file, *path, **fields):
    def do(content):
        item = content[file]
        for step in path:
            item = item[step]
        item.update(fields)

    return do


def remove(file, *path):
    def do(content):
        item = content[file]
        for step in path[:-1]:
            item = item[step]
        del item[path[-1]]

    return do


def repeat(file, *path, **fields):
    def do(content):
        items = content[file]
        for step in path:
            items = items[step]
        items.append({**items[0], **fields})

    return do


BAD = [
    (
        change("events.json", 0, date="2025-13"),
        "events.json: meeting: date: “2025-13” is no EDTF date: 13 is neither a month (01–12) nor a season (21–24) "
        "nor a quarter (33–36). Write for example 2025-11, 2025-23 for autumn or 2025-36 for the fourth quarter.",
    ),
    (change("events.json", 0, city="torin"), "events.json: meeting: city: “torin” is not in the cities"),
    (change("events.json", 0, start_time="9:30"), "events.json: meeting: start_time: “9:30” is no time like 09:30"),
    (
        change("events.json", 0, date="2025-11", start_time="09:30"),
        "events.json: meeting: date: “2025-11” is too vague for a time of day. Give the day, for example 2025-11-14.",
    ),
    (change("events.json", 0, titel="x"), "events.json: meeting: titel: is not known here"),
    (remove("events.json", 0, "kind"), "events.json: meeting: kind: is missing"),
    (remove("events.json", 0, "id"), "events.json: item 1: id: is missing"),
    (
        change("events.json", 0, title={"en": "Meeting", "de": "Treffen"}),
        "events.json: meeting: title.de: “de” is no language of this site (en, es, fr, ca, pt)",
    ),
    (
        change("events.json", 0, title={"es": "Encuentro"}),
        "events.json: meeting: title: has no text in the source language (en)",
    ),
    (
        change("events.json", 0, title={"en": "x" * 201}),
        "events.json: meeting: title.en: has 201 characters; 200 is the most",
    ),
    (
        change("events.json", 0, title="Meeting"),
        "events.json: meeting: title: “Meeting” is no object with a text per language",
    ),
    (
        change("events.json", 0, url="javascript:x"),
        "events.json: meeting: url: “javascript:x” is no address (http or https)",
    ),
    (
        change("events.json", 0, body={"en": "<p>x</p><iframe>"}),
        "events.json: meeting: body.en: holds <iframe>, which is not allowed",
    ),
    (repeat("events.json"), "events.json: meeting: id: “meeting” is there twice"),
    (
        repeat("experiences.json", "focus", id="focus_27"),
        "experiences.json: focus/focus_27: number: “26” is there twice",
    ),
    (
        change("experiences.json", "bank", 0, sdgs=[4, 18]),
        "experiences.json: bank/bank_library: sdgs[1]: “18” is not in the sdgs",
    ),
    (
        change("experiences.json", "bank", 0, city=None),
        "experiences.json: bank/bank_library: city_name: is missing, and there is no city",
    ),
    (change("editions.json", 0, ordinal="1"), "editions.json: award_1: ordinal: “1” is no whole number"),
    (
        change("editions.json", 0, status="cancelled"),
        "editions.json: award_1: ordinal: has to be null: the next edition held takes the number",
    ),
    (
        change("editions.json", 0, winners=[{"city": "espoo"}, {"project": {"en": "x"}}]),
        "editions.json: award_1: winners[1].city: is missing",
    ),
    (change("cities.json", 1, latitude=95.0), "cities.json: espoo: latitude: 95.0 is not between -90 and 90"),
    (
        change("cities.json", 1, country="UK"),
        "cities.json: espoo: country: “UK” is no ISO 3166-1 alpha-2 country code",
    ),
    (change("cities.json", 1, timezone="Europe"), "cities.json: espoo: timezone: “Europe” is no IANA time zone"),
    (change("cities.json", 1, networks=["rete", "rete"]), "cities.json: espoo: networks: “rete” is in it twice"),
    (
        change("networks.json", 0, parent_network="rete"),
        "networks.json: rete: parent_network: “rete” lies above and below at once",
    ),
    (
        change("site.json", "menu", 0, target={"type": "page", "id": "nowhere"}),
        "site.json: menu/about: target.id: “nowhere” is not in the pages",
    ),
    (
        change("site.json", "menu", 0, target={"type": "shop", "id": "x"}),
        "site.json: menu/about: target.type: “shop” is none of section, page, series, edition, network, city, event",
    ),
    (
        change("site.json", "highlights", 0, until="2025-04-21"),
        "site.json: highlights/award: until: lies before “from”",
    ),
    (
        change("site.json", seat={"city": "torino", "country": "ES"}),
        "site.json: identity: seat.country: Torino is in IT",
    ),
    (remove("site.json", "menu"), "site.json: menu: is missing"),
    (change("news.json", tags=[]), "news.json: tags: is not known here"),
    (
        lambda content: content["pages.json"].append("about"),
        "pages.json: item 2: “about” is no object",
    ),
    (lambda content: content.update({"pages.json": {}}), "pages.json: has to be a list"),
    (
        lambda content: content.update({"pages.json": '[\n  {"id": "about",}\n]'}),
        "pages.json: line 2, column 18: is no JSON: Expecting property name enclosed in double quotes",
    ),
    (
        lambda content: content.update({"pages.json": '[{"id": "about", "slug": {}, "slug": {}}]'}),
        "pages.json: about: slug: stands twice in the same object",
    ),
]


@pytest.mark.parametrize(("spoil", "message"), BAD)
def test_bad_data_is_named_and_nothing_is_loaded(load, content, spoil, message):
    spoil(content)

    with pytest.raises(CommandError) as caught:
        load()

    assert str(caught.value) == f"The starter content was not loaded.\n{message}"
    assert (LoadedItem.objects.count(), City.objects.count()) == (0, 0)


def test_no_value_in_any_place_is_more_than_a_problem(content):
    """Whatever stands where: it is fit to be loaded, or told in a message, and never an error of Python."""
    told = [
        problem
        for parsed in content.values()
        for holder, key in list(places(parsed))
        for wrong in (None, True, -1, 1.5, "", "x", [], ["x"], [[]], {}, {"en": 1}, {"type": []})
        for problem in problems_with(content, holder, key, wrong)
    ]

    assert len(told) > 2000
    assert [problem for problem in told if not re.match(r"[a-z]+\.json: .+", problem)] == []


def problems_with(content, holder, key, wrong):
    right, holder[key] = holder[key], wrong
    try:
        validate({name: items for file in content for name, items in take_apart(file, content[file]).items()})
    except BadData as error:
        return error.problems
    finally:
        holder[key] = right
    return []


def places(value):
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


def test_all_problems_are_told_at_once_up_to_twenty(load, content):
    content["events.json"] = [{**content["events.json"][0], "id": f"event_{n}", "kind": "party"} for n in range(25)]

    with pytest.raises(CommandError) as caught:
        load()

    _first, *problems, last = str(caught.value).splitlines()
    assert [line.split(": ")[1] for line in problems] == [f"event_{n}" for n in range(20)]
    assert last == "… and 5 more."


def test_a_missing_file_is_named(tmp_path, content):
    del content["events.json"]

    with pytest.raises(CommandError, match=rf"events.json: there is no such file in {tmp_path}$"):
        run_command("--data", write_files(tmp_path, content))


def test_a_failure_in_the_middle_leaves_nothing(tmp_path, content):
    def fail(loading):
        assert City.objects.count() == 2
        raise BadData(["x.json: x: x: is wrong after all"])

    files = read_folder(write_files(tmp_path, content))
    with pytest.raises(BadData):
        load_content(files, [*LOADERS, fail], Progress(None, 1))

    assert (LoadedItem.objects.count(), City.objects.count()) == (0, 0)


def test_an_unusable_file_does_not_touch_what_was_loaded_before(load, content):
    load()
    change("events.json", 0, date="soon")(content)
    City.objects.filter(name="Espoo").update(region="Uusimaa")

    with pytest.raises(CommandError):
        load()

    assert City.objects.get(name="Espoo").region == "Uusimaa"
    call_command("check")
