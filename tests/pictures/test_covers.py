import json
import re
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pictures.cards import INKS
from pictures.covers import SHAPES, cover_svg
from pictures.mosaic import PALETTES, district_of, draw

CSS = Path("static/css")


def starter_content(name):
    return json.loads(Path(f"starter_content/data/{name}.json").read_text())


@pytest.mark.parametrize("shape", SHAPES)
def test_equal_items_have_equal_covers(shape):
    item = {"seed": "espoo", "variant": "focus_26", "palette": "creativity", "number": 26, "shape": shape}

    assert cover_svg(**item) == cover_svg(**item)


def test_a_cover_looks_the_same_after_every_upgrade():
    """If this fails on purpose, every cover and every sharing card on the site changes."""
    svg = cover_svg(seed="espoo", variant="a", palette="culture", number=26, shape="cover")

    assert blake2b(svg.encode(), digest_size=8).hexdigest() == "647442839531bb3e"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("number", [None, 7, 26, 404])
def test_a_cover_is_valid_xml_without_styles_ids_or_colours(shape, number):
    svg = cover_svg(seed="são <paulo> \"&'", variant="ñ", palette="nothing like it", number=number, shape=shape)

    names = {name for element in ElementTree.fromstring(svg).iter() for name in element.attrib}
    assert names <= {
        "aria-hidden", "class", "d", "focusable", "font-size", "preserveAspectRatio", "viewBox", "x", "y",
    }  # fmt: skip
    assert "#" not in svg


def test_the_city_gives_the_streets_and_the_item_the_houses():
    one = draw(seed="espoo", variant="a", palette="culture", shape="card")
    other = draw(seed="espoo", variant="b", palette="culture", shape="card")

    assert (one.avenues, one.river) == (other.avenues, other.river)
    assert one.layers != other.layers


def test_no_two_themes_share_a_palette():
    assert len(set(PALETTES.values())) == len(PALETTES)


def test_all_cities_have_covers_of_their_own():
    cities = [city["id"] for city in starter_content("cities")]

    assert len({forms(cover_svg(seed=city, palette="culture")) for city in cities}) == len(cities)


def test_all_experiences_have_covers_of_their_own():
    content = starter_content("experiences")
    items = [*content["focus"], *content["bank"]]

    covers = {
        forms(cover_svg(seed=item["city"] or item["id"], variant=item["id"], palette="culture")) for item in items
    }
    assert len(covers) == len(items)


def test_neighbouring_seeds_differ_in_many_forms():
    covers = [draw(seed=f"city{number}", palette="culture", shape="card") for number in range(12)]

    for one, other in combinations(covers, 2):
        pieces, others = set(one.layers[1]), set(other.layers[1])
        assert len(pieces & others) < 0.5 * len(pieces | others)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_form_stands_inside_the_plan(shape):
    for seed in map(str, range(60)):
        mosaic = draw(seed=seed, shape=shape)
        for piece in (piece for layer in mosaic.layers for piece in layer):
            assert 0 <= piece.x <= piece.x + piece.width <= mosaic.width
            assert 0 <= piece.y <= piece.y + piece.height <= mosaic.height


def test_sharing_cards_have_the_colours_of_the_light_page():
    light = (CSS / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")[0]
    names = {"r": "river", "k": "ink", "p": "paper"}

    tokens = {letter: re.search(rf"--district-{names.get(letter, letter)}: (#\w+);", light)[1] for letter in INKS}
    assert tokens == INKS


def forms(svg):
    """The drawing without its colours."""
    return re.sub(r'class="\w+"', "", svg)


def test_every_theme_has_a_district_for_its_tags():
    assert {district_of(theme) for theme in PALETTES} <= set("abcdefgh")
