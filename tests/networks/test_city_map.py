"""Where cities stand on maps, and how much of the globe a map shows."""

import gzip
import re
from math import cos, hypot, radians

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.city_map import APART, WIDTH, city_maps, spread
from networks.map_names import name_place, width_of
from networks.models import City
from networks.outlines import land, outlines
from networks.projection import projected
from tests.networks.map_cities import cities_of_spain

places = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def city(longitude, latitude, **overrides):
    return City(pk=1, name="City", slug="city", latitude=latitude, longitude=longitude, **overrides)


@given(st.floats(-179, 179), st.floats(-88, 88))
def test_areas_are_in_proportion(longitude, latitude):
    step = 0.01
    across = projected(longitude + step, latitude)[0] - projected(longitude, latitude)[0]
    down = projected(longitude, latitude - step)[1] - projected(longitude, latitude + step)[1]

    # Meridians are bent, parallels are straight: an area is a width times a height.
    assert across * down / 2 == pytest.approx(radians(step) ** 2 * cos(radians(latitude)), rel=0.001)


@given(places)
def test_south_mirrors_north_and_west_mirrors_east(place):
    x, y = projected(*place)

    assert projected(-place[0], -place[1]) == pytest.approx((-x, -y))


@settings(deadline=None, max_examples=40)  # the first one reads the outlines
@given(st.lists(places, min_size=1, max_size=12), st.sampled_from(["", "ES", "FJ", "TV", "US"]), st.booleans())
def test_every_city_between_the_polar_circles_stands_inside_its_map(found, country, is_chosen):
    cities = [city(longitude, latitude) for longitude, latitude in found if -56 <= latitude <= 84]

    maps = city_maps(cities, country, is_chosen=is_chosen)

    dots = [(one, dot) for one in maps for dot in one.dots]
    assert len(dots) == len(cities)
    assert [dot for one, dot in dots if not 0 <= dot.x <= WIDTH] == []
    assert [dot for one, dot in dots if not 0 <= dot.y <= one.frame.height] == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=25))
def test_points_are_moved_apart_and_no_farther_than_needed(points):
    apart = spread(points, 10)

    assert len(apart) == len(points)
    alone = [
        place
        for place, point in enumerate(points)
        if all(hypot(point[0] - x, point[1] - y) > 200 for other, (x, y) in enumerate(points) if other != place)
    ]
    assert [apart[place] for place in alone] == [pytest.approx(points[place], abs=1) for place in alone]


def test_two_cities_at_one_place_can_be_told():
    (one, other) = spread([(50, 50), (50, 50)], 10)

    assert hypot(one[0] - other[0], one[1] - other[1]) >= 9


def test_islands_far_from_the_mainland_have_a_map_of_their_own():
    maps = city_maps([city(2.2, 41.4), city(-3.7, 40.4), city(2.6, 39.6), city(-15.4, 28.1)], "ES")

    assert [len(one.dots) for one in maps] == [3, 1]


def test_a_choice_in_one_part_of_the_world_is_shown_closer():
    cities = [city(2.2, 41.4), city(-8.6, 41.1)]

    (world,), (close,) = city_maps(cities), city_maps(cities, is_chosen=True)

    assert (world.is_close, close.is_close) == (False, True)
    assert close.frame.scale > world.frame.scale * 5


def test_cities_whose_place_nobody_knows_are_on_no_map():
    assert city_maps([city(None, None)]) == []


def test_outlines_know_the_countries_and_their_borders_fit():
    known = outlines()

    assert {"ES", "PT", "KR", "AR", "XK"} <= known.rings.keys()
    assert "AQ" not in known.rings
    for rings in known.rings.values():
        for ring, box in rings:
            ends = [known.arcs[one] if one >= 0 else known.arcs[~one][::-1] for one in ring]
            assert [end[-1] for end in ends] == [following[0] for following in [*ends[1:], ends[0]]]
            assert -180 <= box.left <= box.right <= 180


def test_the_drawing_of_the_world_is_light_and_whole_numbers_only():
    (world,) = city_maps([city(2.2, 41.4)])

    assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", land(world.frame))
    assert len(gzip.compress(land(world.frame).encode())) < 20_000


@pytest.mark.parametrize("count", [50, 200, 400])
def test_on_the_maps_of_a_country_each_city_stands_once_and_apart_from_the_others(count):
    maps = city_maps(cities_of_spain(count), "ES")

    dots = [dot for one in maps for dot in one.dots]
    assert sorted(dot.city.slug for dot in dots) == sorted(f"city-{number}" for number in range(count))
    nearest = [
        hypot(one.x - other.x, one.y - other.y)
        for drawn in maps
        for place, one in enumerate(drawn.dots)
        for other in drawn.dots[place + 1 :]
    ]
    # As rounds are over at some time, a few may stand a little closer; none on another.
    assert min(nearest) >= APART * 0.7
    assert sum(distance < APART * 0.9 for distance in nearest) <= count * 0.05


def test_a_crowd_is_shown_again_enlarged_where_its_letter_says():
    country, *others = city_maps(cities_of_spain(), "ES")

    parts = [one for one in others if one.letter]
    assert [part.letter for part in country.parts] == ["A", "B", "C", "D"]
    # The islands have a crowd, too.
    assert [one.letter for one in parts] == ["A", "B", "C", "D", "E"]
    for part, one in zip(country.parts, parts[:4], strict=True):
        assert part.count == len(one.dots)
        assert one.frame.scale > country.frame.scale * 3.5
        for dot in one.dots:
            x, y = country.frame.place(dot.city.longitude, dot.city.latitude)
            assert part.box.left <= x <= part.box.right
            assert part.box.top <= y <= part.box.bottom


def test_where_few_are_close_no_part_is_enlarged():
    (drawn,) = city_maps([city(2.2 + number / 50, 41.4) for number in range(5)], "ES")

    assert drawn.parts == []


@settings(deadline=None)
@given(
    st.lists(st.text("aé市 ", min_size=1, max_size=30), min_size=1, max_size=3).map(" ".join),
    st.integers(0, WIDTH),
    st.integers(0, 540),
)
def test_a_name_is_whole_inside_its_map(name, x, y):
    found = name_place(name, x, y, WIDTH, 540)

    assert " ".join(" ".join(found.lines).split()) == " ".join(name.split())
    width = max(map(width_of, found.lines))
    starts = {"start": found.x, "middle": found.x - width / 2, "end": found.x - width}[found.side]
    # A single word wider than the map has nowhere to go.
    if all(width_of(word) <= WIDTH - 40 for word in name.split()):
        assert starts >= -1
        assert starts + width <= WIDTH + 1
