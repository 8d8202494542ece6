"""Where cities stand on maps, and how much of the globe a map shows."""

import gzip
import re
from math import cos, hypot, radians

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.city_map import APART, WIDTH, city_maps, spread
from networks.models import City
from networks.outlines import land, outlines
from networks.projection import projected

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
    # Points that were moved apart may stand a little outside.
    assert [dot for one, dot in dots if not -APART * 4 <= dot.x <= WIDTH + APART * 4] == []
    assert [dot for one, dot in dots if not -APART * 4 <= dot.y <= one.frame.height + APART * 4] == []


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
