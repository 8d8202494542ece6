"""The mosaic of the site: the city as a classroom, drawn as a plan.

`draw()` grows a plan of city blocks on a grid and returns it as plain geometry. `covers.py` writes that
as SVG, `cards.py` paints it as PNG, so that a page and its sharing card always show the same city.

What decides what:
* the seed (the city's id) gives the street plan: blocks, avenues, the river, the park;
* the variant (the item's id) gives what stands on the blocks;
* the palette (the theme's id) gives the colours;
* a number, when there is one, gets a plaza of its own.

Nothing here uses `random`: its sequences are only promised for some of its methods, and a cover must
look the same after an upgrade of Python.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, NamedTuple, TypeVar

Kind = Literal["block", "quarter", "arch", "half", "disc", "leaf"]
Choice = TypeVar("Choice")

# One cell of the grid is two units wide, so that radii and centres stay whole numbers.
CELL = 2

# The letters are class names in covers.css and keys of INKS in cards.py:
# a to h are the district colours, k ink, p paper, r the river.
PALETTES: dict[str, str] = {
    # ground, main, second, spark
    "citizen_participation": "crap",
    "lifelong_learning": "frcp",
    "city_and_school": "prca",
    "childhood": "hacp",
    "youth": "gcrp",
    "older_people": "bprf",
    "intergenerational": "pahr",
    "inclusion": "phgb",
    "care": "hgpr",
    "health": "pdfa",
    "gender_equality": "ghpk",
    "coexistence": "bhpr",
    "peace_and_memory": "fpkg",
    "culture": "ahpk",
    "creativity": "chfr",
    "leisure_and_play": "cdha",
    "public_space": "dcpr",
    "environment": "pdeb",
    "mobility": "ecpk",
    "housing": "apbr",
    "economy_and_work": "bkpc",
    "community_development": "pbae",
    "media_and_technology": "erpc",
}


# The first one that the palette leaves free.
RIVER_COLOURS = "ref"


class Shape(NamedTuple):
    """How many cells a cover has, and how large the plaza of a number is."""

    columns: int
    rows: int
    plaza: tuple[int, int]
    number_size: float


SHAPES: dict[str, Shape] = {
    "cover": Shape(8, 8, (5, 4), 7.8),
    "lead": Shape(8, 6, (5, 4), 8),
    "card": Shape(9, 6, (4, 3), 6.2),
    "banner": Shape(16, 4, (4, 3), 6.2),
    "tile": Shape(4, 4, (4, 2), 4.6),
    # The skyline above the footer: cropped at the end, never scaled.
    "strip": Shape(32, 2, (4, 2), 3.2),
}


class Area(NamedTuple):
    """A rectangle in cells."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Piece:
    """One flat form, in units. `turn` counts quarter turns."""

    colour: str
    kind: Kind
    x: float
    y: float
    width: float
    height: float
    turn: int = 0


@dataclass(frozen=True)
class Mosaic:
    """A drawn plan: layers of pieces from the ground up, then lines, then the plaza and its number."""

    width: int
    height: int
    ground: str
    layers: tuple[tuple[Piece, ...], ...]
    avenues: tuple[tuple[tuple[int, int], ...], ...]
    river: tuple[tuple[int, int], ...]
    river_colour: str
    plaza: Area | None
    number: int | None
    number_size: float


class Dice:
    """An endless stream of choices that depends on its key alone."""

    def __init__(self, *key: str) -> None:
        self._key = "\x1f".join(key).encode()
        self._bytes = self._stream()

    def _stream(self) -> Iterator[int]:
        page = 0
        while True:
            yield from blake2b(self._key, digest_size=64, salt=page.to_bytes(16, "big")).digest()
            page += 1

    def below(self, limit: int) -> int:
        return (next(self._bytes) << 8 | next(self._bytes)) % limit

    def chance(self, percent: int) -> bool:
        return self.below(100) < percent

    def pick(self, options: Sequence[Choice]) -> Choice:
        return options[self.below(len(options))]


def palette_for(palette: str | None, seed: str) -> str:
    """The colours of a theme; for an unknown theme or none, one of the palettes, always the same for this seed."""
    if palette in PALETTES:
        return PALETTES[palette]
    return Dice("palette", palette or seed).pick(sorted(PALETTES.values()))


def district_of(palette: str | None) -> str:
    """The district whose colour a theme wears outside its covers, on tags: a letter a to h."""
    ground, *colours = palette_for(palette, palette or "")
    return next((colour for colour in (ground, *colours) if colour in "abcdefgh"), "f")


def draw(*, seed: str, variant: str = "", palette: str | None = None, number: int | None = None, shape: str) -> Mosaic:
    """Draw the plan of a city for one item. Equal arguments give an equal plan."""
    columns, rows, (plaza_width, plaza_height), number_size = SHAPES[shape]
    ground, *colours = palette_for(palette, seed)
    streets = Dice("streets", seed, shape)
    houses = Dice("houses", seed, variant, shape)

    plaza = None
    if number is not None:
        x = streets.pick((0, columns - plaza_width))
        y = streets.pick((0, rows - plaza_height))
        plaza = Area(x, y, plaza_width, plaza_height)
        number_size = number_size * min(1.0, 2 / len(str(number)))

    blocks = [block for free in around(plaza, columns, rows) for block in divide(free, streets)]
    park = streets.below(len(blocks))
    layers: tuple[list[Piece], list[Piece], list[Piece]] = ([], [], [])
    for position, block in enumerate(blocks):
        if position == park:
            plant(block, layers, ground)
        else:
            build(block, layers, colours, houses)

    return Mosaic(
        width=columns * CELL,
        height=rows * CELL,
        ground=ground,
        layers=tuple(tuple(layer) for layer in layers),
        avenues=lay_avenues(columns, rows, streets),
        river=lead_river(columns, rows, streets),
        river_colour=next(colour for colour in RIVER_COLOURS if colour not in (ground, *colours)),
        plaza=plaza,
        number=number,
        number_size=round(number_size, 1),
    )


def around(plaza: Area | None, columns: int, rows: int) -> list[Area]:
    """The free areas of the grid: all of it, or what a plaza in one of its corners leaves."""
    if plaza is None:
        return [Area(0, 0, columns, rows)]
    beside_x = plaza.width if plaza.x == 0 else 0
    rest_y = plaza.height if plaza.y == 0 else 0
    areas = [
        Area(beside_x, plaza.y, columns - plaza.width, plaza.height),
        Area(0, rest_y, columns, rows - plaza.height),
    ]
    return [area for area in areas if area.width and area.height]


def divide(area: Area, dice: Dice) -> Iterator[Area]:
    """Cut an area into blocks of at most two by two cells."""
    x, y, width, height = area
    largest = max(width, height)
    if largest <= 2 and (width == height or dice.chance(60)) and not (width == height == 2 and dice.chance(25)):
        yield area
        return
    if largest == 1:
        yield area
    elif width > height or (width == height and dice.chance(50)):
        cut = 1 + dice.below(width - 1) if width <= 4 else 2 * (1 + dice.below((width - 1) // 2))
        yield from divide(Area(x, y, cut, height), dice)
        yield from divide(Area(x + cut, y, width - cut, height), dice)
    else:
        cut = 1 + dice.below(height - 1) if height <= 4 else 2 * (1 + dice.below((height - 1) // 2))
        yield from divide(Area(x, y, width, cut), dice)
        yield from divide(Area(x, y + cut, width, height - cut), dice)


def build(block: Area, layers: tuple[list[Piece], ...], colours: Sequence[str], dice: Dice) -> None:
    """Put a building on a block."""
    x, y, width, height = (side * CELL for side in block)
    main, second, spark = colours
    lot, house = dice.pick(((main, second), (second, main), ("", main), ("", second), (spark, main), (main, spark)))
    if lot:
        layers[0].append(Piece(lot, "block", x, y, width, height))
        if dice.chance(12):
            return  # a square: some rest for the eye
    turn = dice.below(4)
    if width == height == 2 * CELL:
        kind: Kind = dice.pick(("quarter", "quarter", "arch", "disc", "half"))
        layers[1].append(Piece(house, kind, x, y, width, height, turn if kind != "arch" else 0))
        if kind == "quarter":
            # A smaller quarter in the same corner makes steps, as in a theatre.
            inset_x, inset_y = ((0, CELL), (0, 0), (CELL, 0), (CELL, CELL))[turn]
            layers[2].append(
                Piece(spark if house != spark else second, kind, x + inset_x, y + inset_y, CELL, CELL, turn)
            )
        elif kind == "arch":
            layers[2].append(Piece(dice.pick(("k", spark)), kind, x + 1, y + CELL, CELL, CELL, 0))
        elif kind == "disc":
            layers[2].append(Piece(dice.pick((spark, "k")), "half", x, y, width, height, turn))
        return
    # Row houses: one small form for each cell.
    kind = dice.pick(("quarter", "quarter", "arch", "half", "disc", "leaf"))
    for step in range(max(width, height) // CELL):
        dx, dy = (step * CELL, 0) if width > height else (0, step * CELL)
        layers[1].append(Piece(house, kind, x + dx, y + dy, CELL, CELL, 0 if kind == "arch" else (turn + step) % 4))


def plant(block: Area, layers: tuple[list[Piece], ...], ground: str) -> None:
    """The city's park: a lawn with a leaf in each cell."""
    x, y, width, height = (side * CELL for side in block)
    lawn, trees = ("e", "p") if ground == "d" else ("d", "k" if ground == "p" else "p")
    layers[0].append(Piece(lawn, "block", x, y, width, height))
    for column in range(block.width):
        for row in range(block.height):
            layers[1].append(Piece(trees, "leaf", x + column * CELL, y + row * CELL, CELL, CELL, (column + row) % 2))


def lay_avenues(columns: int, rows: int, dice: Dice) -> tuple[tuple[tuple[int, int], ...], ...]:
    """One or two straight streets from edge to edge, sometimes a diagonal one."""
    width, height = columns * CELL, rows * CELL
    lines = []
    if dice.chance(70):
        x = CELL * (1 + dice.below(columns - 1))
        lines.append(((x, 0), (x, height)))
    if dice.chance(60) or not lines:
        y = CELL * (1 + dice.below(rows - 1))
        lines.append(((0, y), (width, y)))
    if dice.chance(35):
        x = CELL * dice.below(columns - rows + 1)
        lines.append(((x, height), (x + height, 0)) if dice.chance(50) else ((x, 0), (x + height, height)))
    return tuple(lines)


def lead_river(columns: int, rows: int, dice: Dice) -> tuple[tuple[int, int], ...]:
    """Three cities in five have a river; it crosses the plan and turns at most twice, at right angles."""
    if not dice.chance(60):
        return ()
    width, height = columns * CELL, rows * CELL
    start = 1 + CELL * dice.below(rows)
    end = 1 + CELL * dice.below(rows)
    if abs(end - start) < 2 * CELL:
        return ((0, start), (width, start))
    bend = 1 + CELL * (1 + dice.below(columns - 2))
    if dice.chance(30):
        return ((0, start), (bend, start), (bend, height if end > start else 0))
    return ((0, start), (bend, start), (bend, end), (width, end))


def direction(start: tuple[int, int], end: tuple[int, int]) -> tuple[int, int]:
    """One step from start towards end; the two share a row or a column."""
    return (end[0] > start[0]) - (end[0] < start[0]), (end[1] > start[1]) - (end[1] < start[1])
