"""Where cities crowd on a map: the parts that are shown again, enlarged, so that each city can be told on a phone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import hypot

from networks.outlines import Box

# Of the drawing's width: how much of it one enlarged part may show, and at least does.
WIDEST, NARROWEST = 0.22, 0.08
# A part is four units wide for three that it is high.
SHAPE = 0.75
# So many cities that stand closer than `apart` make a crowd; no map is cut into more parts than that.
CROWD, MOST_PARTS = 6, 8
ROOM = 0.12
# So many squares across a window in which cities are counted.
SQUARES = 9


def crowds(places: Sequence[tuple[float, float]], width: float, apart: float) -> list[tuple[Box, list[int]]]:
    """The parts with crowds, the fullest first: each with the numbers of the places that it takes over."""
    close = _close_to_others(places, apart)
    free, found = set(range(len(places))), []
    while len(found) < MOST_PARTS:
        inside = _fullest(places, free, width * WIDEST)
        if len(close & inside) < CROWD:
            break
        box = _box_around([places[number] for number in inside], width)
        inside |= {number for number in free if _holds(box, places[number])}
        found.append((box, sorted(inside)))
        free -= inside
    return found


def _close_to_others(places, apart) -> set[int]:
    """Numbers of the places that have another one nearer than `apart`."""
    squares = defaultdict(list)
    for number, (x, y) in enumerate(places):
        squares[int(x // apart), int(y // apart)].append(number)
    close: set[int] = set()
    for number, (x, y) in enumerate(places):
        column, row = int(x // apart), int(y // apart)
        # The first that is found will do, so a crowd in one square takes no longer than few cities do.
        around = (
            places[other]
            for across in (0, -1, 1)
            for down in (0, -1, 1)
            for other in squares.get((column + across, row + down), ())
            if other != number
        )
        if any(hypot(other_x - x, other_y - y) < apart for other_x, other_y in around):
            close.add(number)
    return close


def _fullest(places, free, width) -> set[int]:
    """What the fullest window holds, of those that have a square with a free place in their middle."""
    side, height = width / SQUARES, width * SHAPE
    squares = Counter((int(places[number][0] // side), int(places[number][1] // side)) for number in free)
    if not squares:
        return set()
    beside, above = SQUARES // 2, int(height / side) // 2

    def held(square):
        columns = range(square[0] - beside, square[0] + beside + 1)
        rows = range(square[1] - above, square[1] + above + 1)
        return sum(squares.get((column, row), 0) for column in columns for row in rows)

    column, row = max(sorted(squares), key=held)
    x, y = (column + 0.5) * side, (row + 0.5) * side
    return {
        number
        for number in free
        if abs(places[number][0] - x) <= width / 2 and abs(places[number][1] - y) <= height / 2
    }


def _box_around(points, width) -> Box:
    across, down = zip(*points, strict=True)
    needed = max(max(across) - min(across), (max(down) - min(down)) / SHAPE)
    size = max(needed * (1 + 2 * ROOM), width * NARROWEST)
    x, y = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    return Box(
        round(x - size / 2), round(y - size * SHAPE / 2), round(x + size / 2), round(y + size * SHAPE / 2)
    )  # fmt: skip


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom
