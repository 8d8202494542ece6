"""Makes networks/data/outlines.json, the coasts and borders behind the maps of cities, from Natural Earth.

Natural Earth is in the public domain; the npm package world-atlas carries it as TopoJSON. Needs npm once, and is only
run when the outlines are to be made anew:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_outlines.py package/countries-50m.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from babel.core import get_global

OUTLINES = Path(__file__).resolve().parent.parent / "networks" / "data" / "outlines.json"
NOTE = {
    "source": "Natural Earth 4.1.0, 1:50m Admin 0 countries, by way of the npm package world-atlas 2.0.2",
    "licence": "public domain (https://www.naturalearthdata.com/about/terms-of-use/)",
    "made_by": "scripts/make_outlines.py",
    "unit": "hundredths of a degree; after its first point an arc tells the steps from point to point",
}
PER_DEGREE = 100
# Half a point on a map on which a country as large as Portugal fills the screen.
TOLERANCE = 2.5
# What has no number in ISO 3166 but a code that is in use.
CODES_BY_NAME = {"Kosovo": "XK"}
# Nobody lives there, and the projection draws it as a band below all others.
LEFT_OUT = {"AQ"}


def main(path: str) -> None:
    atlas = json.loads(Path(path).read_text(encoding="utf-8"))
    arcs = [simplified(points) for points in decoded(atlas)]
    countries: dict[str, list] = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        if code not in LEFT_OUT:
            polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
            countries.setdefault(code, []).extend(polygons)
    arcs, countries = renumbered(arcs, countries)
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in NOTE.items()]
    lines.append(f'"countries": {compact(dict(sorted(countries.items())))}')
    lines.append('"arcs": [\n' + ",\n".join(compact(steps(arc)) for arc in arcs) + "\n]")
    OUTLINES.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def decoded(atlas: dict) -> list[list[tuple[int, int]]]:
    """The arcs as points in our unit."""
    scale, translate = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            point = [(n * s + t) * PER_DEGREE for n, s, t in zip((x, y), scale, translate, strict=True)]
            points.append((round(point[0]), round(point[1])))
        found.append(points)
    return found


def simplified(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Douglas and Peucker's line: no point left out is farther from it than the tolerance. Ends stay."""
    keep, parts = {0, len(points) - 1}, [(0, len(points) - 1)]
    if points[0] == points[-1] and len(points) > 3:
        # A ring has no line between its ends: it is taken in two halves.
        far = max(range(len(points)), key=lambda place: distance(points[place], points[0], points[0]))
        keep.add(far)
        parts = [(0, far), (far, len(points) - 1)]
    while parts:
        first, last = parts.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        far = max(inner, key=lambda place: distance(points[place], points[first], points[last]))
        if distance(points[far], points[first], points[last]) > TOLERANCE:
            keep.add(far)
            parts += [(first, far), (far, last)]
    return [points[place] for place in sorted(keep)]


def distance(point, start, end) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = max(0, min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) if length else 0
    return ((x - x1 - along * (x2 - x1)) ** 2 + (y - y1 - along * (y2 - y1)) ** 2) ** 0.5


def code_of(geometry: dict) -> str:
    name = geometry["properties"]["name"]
    aliases = get_global("territory_aliases").get(geometry.get("id", ""), [""])
    return CODES_BY_NAME.get(name) or aliases[0]


def renumbered(arcs: list, countries: dict[str, list]) -> tuple[list, dict[str, list]]:
    """Only the arcs that are in use."""
    numbers: dict[int, int] = {}

    def new(number: int) -> int:
        place = numbers.setdefault(number if number >= 0 else ~number, len(numbers))
        return place if number >= 0 else ~place

    found = {
        code: [[[new(number) for number in ring] for ring in polygon] for polygon in polygons]
        for code, polygons in countries.items()
    }
    return [arcs[number] for number in numbers], found


def steps(points: list[tuple[int, int]]) -> list[int]:
    flat, before = [], (0, 0)
    for point in points:
        flat += [point[0] - before[0], point[1] - before[1]]
        before = point
    return flat


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    main(sys.argv[1])
