"""The geometry of a small bar chart that the server draws, as a template writes it into SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, TOP, BOTTOM = 480, 22, 24
UP, DOWN = 120, 80
SHARE = 0.62  # of a column's place that its bar takes


@dataclass(frozen=True)
class Bar:
    """A rectangle; its number stands beyond its end. `kind` is what the style sheet colours it by."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    number: str
    number_y: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class BarChart:
    """In units of the drawing, which is WIDTH wide. Each label stands below its column, at (x, `label_y`)."""

    bars: tuple[Bar, ...]
    labels: tuple[tuple[float, str], ...]
    line_y: float
    label_y: float
    height: float
    width: int = WIDTH


Series = tuple[str, Sequence[int]]


def bar_chart(labels: Sequence[str], up: Series, down: Series | None = None) -> BarChart:
    """Columns that rise from a line and, with `down`, others that hang from it, by one scale.

    `up` and `down` are (kind, a count for each label). A count of nought has neither bar nor number; the smallest
    other one is still to be seen.
    """
    # One scale for both directions, by the one that has less room for what it shows.
    most_up, most_down = max([*up[1], 1]), max(down[1], default=0) if down else 0
    unit = min(UP / most_up, DOWN / max(most_down, 1)) if down else (UP + DOWN) / most_up
    line = round(TOP + most_up * unit, 1)
    place = WIDTH / max(len(labels), 1)
    width = round(min(place * SHARE, 56), 1)
    bars = []
    for direction, series in ((-1, up), (1, down)):
        for number, count in enumerate(series[1] if series else ()):
            if count:
                bars.append(bar(series[0], direction, place * (number + 0.5) - width / 2, line, width, count, unit))
    middles = tuple((round(place * (number + 0.5), 1), label) for number, label in enumerate(labels))
    label_y = round(line + most_down * unit + (TOP if most_down else 0) + 16, 1)
    return BarChart(tuple(bars), middles, line, label_y, round(label_y + BOTTOM - 16, 1))


def bar(kind: str, direction: int, x: float, line: float, width: float, count: int, unit: float) -> Bar:
    height = round(max(count * unit, 1.5), 1)
    top = line - height if direction < 0 else line
    number_y = top - 6 if direction < 0 else line + height + 15
    return Bar(kind, round(x, 1), round(top, 1), width, height, short(count), round(number_y, 1))


def short(count: int) -> str:
    """Narrow enough for a column: 950, 12k, 1.2M."""
    if count < 10_000:
        return str(count)
    if count < 1_000_000:
        return f"{math.floor(count / 1000)}k"
    return f"{math.floor(count / 100_000) / 10:g}M"
