"""Coasts and borders, as scripts/make_outlines.py made them from Natural Earth, and their drawing in a frame."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from networks.projection import projected

FILE = Path(__file__).resolve().parent / "data" / "outlines.json"
PER_DEGREE = 100
# In units of the drawing: points nearer to the one before, and rings smaller than that, are not seen.
NEAR, SMALL = 1.4, 2.0


@dataclass(frozen=True)
class Box:
    """A part of the plane, or of the globe in degrees."""

    left: float
    top: float
    right: float
    bottom: float

    def gap(self, other: Box) -> float:
        """How far apart two boxes are in the direction in which they are farther apart; 0 where they touch."""
        across = max(other.left - self.right, self.left - other.right)
        down = max(other.top - self.bottom, self.top - other.bottom)
        return max(across, down, 0)

    def with_box(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def box_of(points) -> Box:
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across), max(down))


@dataclass(frozen=True)
class Frame:
    """What a map shows: its middle in degrees, its left upper corner on the plane, its scale and size in units."""

    middle: float
    left: float
    top: float
    scale: float
    width: int
    height: int

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        x, y = projected(longitude - self.middle, latitude)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def part(self, box: Box) -> Frame:
        """The frame that shows a part of this one, given in its units, over the same width."""
        factor = self.width / (box.right - box.left)
        left, top = self.left + box.left / self.scale, self.top + box.top / self.scale
        return Frame(self.middle, left, top, self.scale * factor, self.width, round((box.bottom - box.top) * factor))


@dataclass(frozen=True)
class Outlines:
    """`arcs` are lines in degrees; `rings` say of each country of which arcs its parts are made, and their boxes."""

    arcs: list[list[tuple[float, float]]]
    rings: dict[str, list[tuple[list[int], Box]]]


@cache
def outlines() -> Outlines:
    found = json.loads(FILE.read_text(encoding="utf-8"))
    arcs = [_points(steps) for steps in found["arcs"]]
    rings = {
        code: [(ring, box_of(_joined(ring, arcs))) for polygon in polygons for ring in polygon]
        for code, polygons in found["countries"].items()
    }
    return Outlines(arcs, rings)


def _points(steps: list[int]) -> list[tuple[float, float]]:
    x = y = 0
    points = []
    for across, up in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + across, y + up
        points.append((x / PER_DEGREE, y / PER_DEGREE))
    return points


def _joined(ring: list[int], arcs: list) -> list[tuple[float, float]]:
    """A ring as one line: a number below zero means the arc `~number` from its end."""
    return [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]


@lru_cache(maxsize=256)
def land(frame: Frame, code: str = "") -> str:
    """The path of all land in a frame, or of one country's. Neighbours have the same line between them."""
    drawn: dict[int, list[tuple[int, int]]] = {}
    known = outlines()
    pieces = []
    for rings in [known.rings.get(code, [])] if code else known.rings.values():
        for ring, box in rings:
            if _is_in(frame, box):
                for number in ring:
                    place = number if number >= 0 else ~number
                    if place not in drawn:
                        drawn[place] = _thinned([frame.place(*point) for point in known.arcs[place]])
                pieces.append(_path(_within(_joined(ring, drawn), frame)))
    return "".join(pieces)


def _is_in(frame: Frame, box: Box) -> bool:
    """May the ring be seen? Each corner is asked, and the middle of each side, as meridians are bent."""
    across = (box.left, (box.left + box.right) / 2, box.right)
    down = (box.top, (box.top + box.bottom) / 2, box.bottom)
    shown = box_of([frame.place(x, y) for x in across for y in down])
    if shown.right - shown.left < SMALL and shown.bottom - shown.top < SMALL:
        return False
    return shown.right >= 0 and shown.bottom >= 0 and shown.left <= frame.width and shown.top <= frame.height


def _thinned(points: list[tuple[float, float]]) -> list[tuple[int, int]]:
    kept = [points[0]]
    for point in points[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= NEAR:
            kept.append(point)
    return [(round(x), round(y)) for x, y in [*kept, points[-1]]]


def _within(points: list[tuple[int, int]], frame: Frame) -> list[tuple[int, int]]:
    """Without what lies on the same side outside as the points before and after it."""
    sides = [(x < -9) | (x > frame.width + 9) << 1 | (y < -9) << 2 | (y > frame.height + 9) << 3 for x, y in points]
    kept, before = [], 0
    for place, point in enumerate(points):
        after = sides[place + 1] if place + 1 < len(points) else 0
        if not before & sides[place] & after:
            kept.append(point)
            before = sides[place]
    return kept


def _path(points: list[tuple[int, int]]) -> str:
    """`M3 4l5-6 7 8z`; nothing for what became a line."""
    (x, y), steps = points[0], []
    for point in points[1:]:
        across, down = point[0] - x, point[1] - y
        if across or down:
            steps.append(f"{across}{'' if down < 0 else ' '}{down}")
            x, y = point
    if len(steps) < 3:
        return ""
    joined = "".join(step if step.startswith("-") else f" {step}" for step in steps).strip()
    return f"M{points[0][0]} {points[0][1]}l{joined}z"
