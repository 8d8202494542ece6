"""Maps of cities: the world, a country with its far islands apart, or as much as the cities of a network take up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import hypot
from string import ascii_uppercase

from networks.map_crowds import crowds
from networks.map_names import NamePlace, name_place
from networks.models import City
from networks.outlines import Box, Frame, box_of, land, outlines
from networks.projection import projected

WIDTH = 1200
LOWEST, HIGHEST = 540, 1000  # a map's height
# All land but Antarctica.
WORLD = Box(-180, -56, 180, 84)
# Parts of a country farther apart, in degrees, have maps of their own.
FAR = 4
# Wider choices are shown on the whole world.
WIDE = 100
# Round a choice: of its size on each side, and at least so much in degrees.
MARGIN, LEAST = 0.06, 0.5
# What two points keep from each other on a country's map, so that each can be told and pressed: 10 pixels on the
# narrowest phone, 24 and more on a wide screen.
APART = 42
ROUNDS = 60
# A point is whole inside its map.
EDGE = 16


@dataclass(frozen=True)
class Dot:
    """A city on a map. A line of no length with round ends is a point of the same size on every screen."""

    city: City
    x: int
    y: int

    @property
    def path(self) -> str:
        return f"M{self.x} {self.y}h0"


@dataclass(frozen=True)
class Part:
    """A part of a map that stands below it, enlarged, under the letter. `dots` is a path: its cities, as they lie."""

    letter: str
    box: Box
    dots: str
    count: int

    @property
    def size(self) -> tuple[int, int]:
        return int(self.box.right - self.box.left), int(self.box.bottom - self.box.top)

    @property
    def letter_y(self) -> int:
        """Above the box, below it at the upper edge of the map."""
        return int(self.box.top - 34 if self.box.top >= 68 else self.box.bottom + 34)


@dataclass(frozen=True)
class CityMap:
    """A drawing: all land, the country that it is about, and its cities from north to south.

    `letter` is that of an enlarged part, which stands after the map that it is a part of.
    """

    frame: Frame
    land: str
    country: str
    dots: list[Dot]
    is_close: bool
    parts: list[Part] = field(default_factory=list)
    letter: str = ""

    @property
    def view_box(self) -> str:
        return f"0 0 {self.frame.width} {self.frame.height}"

    @property
    def points(self) -> str:
        """All points in one path, below the links and their names: so no point ever covers a name."""
        return "".join(dot.path for dot in self.dots)

    @property
    def named(self) -> list[tuple[Dot, NamePlace]]:
        return [
            (dot, name_place(dot.city.name, dot.x, dot.y, self.frame.width, self.frame.height)) for dot in self.dots
        ]


def city_maps(cities: Iterable[City], country: str = "", *, is_chosen: bool = False) -> list[CityMap]:
    """The maps that show cities: of the world, closer where they are a choice, and of a country with all its parts.

    Each city is on one of them. Where cities crowd on a close one, an enlarged part follows it.
    """
    placed = [city for city in cities if city.latitude is not None and city.longitude is not None]
    if not placed:
        return []
    letters = iter([*ascii_uppercase, *(first + last for first in ascii_uppercase for last in ascii_uppercase)])
    if country:
        return [one for group, box in _parts(placed, country) for one in _close(group, _frame(box), country, letters)]
    box = box_of([(city.longitude, city.latitude) for city in placed])
    if is_chosen and box.right - box.left < WIDE:
        return _close(placed, _frame(box), "", letters)
    frame = _frame(WORLD, margin=0)
    return [CityMap(frame, land(frame), "", _dots(placed, frame, 0), is_close=False)]


def _parts(cities: Sequence[City], country: str) -> list[tuple[list[City], Box]]:
    """The cities by part of the country, most of them first, each with what its map has to show."""
    boxes: list[Box] = []
    for box in [box for ring, box in outlines().rings.get(country, [])]:
        boxes = _merged(boxes, box)
    groups: dict[Box, list[City]] = defaultdict(list)
    for city in cities:
        point = Box(city.longitude, city.latitude, city.longitude, city.latitude)
        nearest = min(boxes, key=point.gap, default=None)
        if nearest is None or nearest.gap(point) > FAR:
            nearest = point
            boxes.append(point)
        groups[nearest].append(city)
    found = [(group, box.with_box(_box_of_cities(group))) for box, group in groups.items()]
    return sorted(found, key=lambda part: -len(part[0]))


def _merged(boxes: list[Box], box: Box) -> list[Box]:
    """The boxes with another one: all that are near it become one with it."""
    while near := [other for other in boxes if other.gap(box) <= FAR]:
        boxes = [other for other in boxes if other not in near]
        for other in near:
            box = box.with_box(other)
    return [*boxes, box]


def _box_of_cities(cities: Iterable[City]) -> Box:
    return box_of([(city.longitude, city.latitude) for city in cities])


def _frame(box: Box, margin: float = MARGIN) -> Frame:
    """The frame that shows a part of the globe, with room around it, wide enough not to be a tower."""
    middle = (box.left + box.right) / 2
    across = (box.left, middle, box.right)
    down = (box.top, max(box.top, min(0, box.bottom)), box.bottom)
    shown = box_of([projected(x - middle, y) for x in across for y in down])
    least = LEAST / 57.3
    around = max((shown.right - shown.left) * margin, (shown.bottom - shown.top) * margin, least if margin else 0)
    width = shown.right - shown.left + 2 * around
    height = shown.bottom - shown.top + 2 * around
    scale = min(WIDTH / width, HIGHEST / height)
    units = min(max(round(height * scale), LOWEST), HIGHEST)
    left = (shown.left + shown.right) / 2 - WIDTH / scale / 2
    top = (shown.top + shown.bottom) / 2 - units / scale / 2
    return Frame(round(middle, 2), left, top, scale, WIDTH, units)


def _close(cities: Sequence[City], frame: Frame, country: str, letters: Iterator[str]) -> list[CityMap]:
    """A map on which every city can be pressed, and the enlarged parts of it that this takes."""
    places = [frame.place(city.longitude, city.latitude) for city in cities]
    parts, enlarged, taken = [], [], set()
    for box, numbers in crowds(places, WIDTH, APART):
        letter = next(letters)
        taken.update(numbers)
        dots = "".join(f"M{round(places[number][0])} {round(places[number][1])}h0" for number in numbers)
        parts.append(Part(letter, box, dots, len(numbers)))
        closer = frame.part(box)
        found = _dots([cities[number] for number in numbers], closer, APART)
        enlarged.append(CityMap(closer, land(closer), _land_of(closer, country), found, is_close=True, letter=letter))
    rest = [city for number, city in enumerate(cities) if number not in taken]
    dots = _dots(rest, frame, APART)
    return [CityMap(frame, land(frame), _land_of(frame, country), dots, True, parts), *enlarged]


def _land_of(frame: Frame, country: str) -> str:
    return land(frame, country) if country else ""


def _dots(cities: Iterable[City], frame: Frame, apart: int) -> list[Dot]:
    """From north to south, moved away from each other as far as `apart` and not out of the map."""
    in_order = sorted(cities, key=lambda city: (-city.latitude, city.longitude, city.pk))
    places = [frame.place(city.longitude, city.latitude) for city in in_order]
    if apart:
        places = spread(places, apart)
    return [
        Dot(city, round(min(max(x, EDGE), frame.width - EDGE)), round(min(max(y, EDGE), frame.height - EDGE)))
        for city, (x, y) in zip(in_order, places, strict=True)
    ]


def spread(places: Sequence[tuple[float, float]], apart: float) -> list[tuple[float, float]]:
    """Points moved away from each other, as little as it takes, until they are so far apart or the rounds are over."""
    # Two at the same place need a direction in which to part: each leans another way, always the same.
    moved = [[x + place % 7 * 0.01, y + place % 11 * 0.01] for place, (x, y) in enumerate(places)]
    for _ in range(ROUNDS):
        if not _push(moved, apart):
            break
    return [(x, y) for x, y in moved]


def _push(points: list[list[float]], apart: float) -> bool:
    """One round. Only neighbouring squares are looked at: what stands farther away is far enough."""
    squares: dict[tuple[int, int], list[list[float]]] = defaultdict(list)
    for point in points:
        squares[int(point[0] // apart), int(point[1] // apart)].append(point)
    near = apart - 0.5
    was_pushed = False
    for (column, row), here in squares.items():
        # Half of the neighbours: the others look at this square.
        around = [
            point
            for square in ((column + 1, row - 1), (column + 1, row), (column + 1, row + 1), (column, row + 1))
            for point in squares.get(square, ())
        ]
        for place, one in enumerate(here, 1):
            for other in (*here[place:], *around):
                across = other[0] - one[0]
                if -near < across < near:
                    down = other[1] - one[1]
                    if across * across + down * down < near * near:
                        _part(one, other, across, down, apart)
                        was_pushed = True
    return was_pushed


def _part(one: list[float], other: list[float], across: float, down: float, apart: float) -> None:
    distance = hypot(across, down)
    if not distance:
        across, distance = 0.01, 0.01
    push = (apart - distance) / distance / 2
    one[0] -= across * push
    one[1] -= down * push
    other[0] += across * push
    other[1] += down * push
