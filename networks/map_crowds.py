"""Where cities crowd on a map: the parts that are shown again, enlarged, so that each city can be told on a phone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
    order = sorted(range(len(places)), key=lambda number: places[number])
    close = set()
    for at, one in enumerate(order):
        for other in order[at + 1 :]:
            if places[other][0] - places[one][0] >= apart:
                break
            if hypot(places[other][0] - places[one][0], places[other][1] - places[one][1]) < apart:
                close |= {one, other}
    return close


def _fullest(places, free, width) -> set[int]:
    """Of the windows that have a free place in their middle, what the fullest holds."""
    order = sorted(free, key=lambda number: (places[number][0], number))
    across = [places[number][0] for number in order]
    height, best = width * SHAPE, []
    for x, y in (places[number] for number in order):
        first, last = bisect_left(across, x - width / 2), bisect_right(across, x + width / 2)
        inside = [number for number in order[first:last] if abs(places[number][1] - y) <= height / 2]
        if len(inside) > len(best):
            best = inside
    return set(best)


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
