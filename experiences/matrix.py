"""Charter principles across Sustainable Development Goals: how many records of a choice put which into practice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from experiences.facet_index import Value
from experiences.selection import ExperienceSelection, Result

SHADES = 5


@dataclass(frozen=True)
class Cell:
    count: int
    address: str
    shade: int


@dataclass(frozen=True)
class Row:
    principle: Value
    whole: Cell
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    goals: list[tuple[Value, Cell]]
    rows: list[Row]

    def __bool__(self):
        return any(row.whole.count for row in self.rows)


def matrix_of(result: Result, address: str) -> Matrix:
    """`address` is the path of the list to which the cells lead. Goals and principles of the choice do not count."""
    selection = result.selection.without("sdg").without("principle")
    bits = Result(result.index, selection, result.at, result.language).bits
    goals = list(result.index.values["sdg"].values())
    principles = list(result.index.values["principle"].values())
    counts = {(row.key, goal.key): (row.bits & goal.bits & bits).bit_count() for row in principles for goal in goals}
    most = max(counts.values(), default=0)

    def cell(count: int, *chosen: tuple[str, Value]) -> Cell:
        return Cell(count, with_values(selection, chosen).address(address) if count else "", shade(count, most))

    return Matrix(
        goals=[(goal, cell((goal.bits & bits).bit_count(), ("sdg", goal))) for goal in goals],
        rows=[
            Row(
                row,
                cell((row.bits & bits).bit_count(), ("principle", row)),
                [cell(counts[row.key, goal.key], ("sdg", goal), ("principle", row)) for goal in goals],
            )
            for row in principles
        ],
    )


def with_values(selection: ExperienceSelection, chosen) -> ExperienceSelection:
    return replace(selection, chosen={**selection.chosen, **{name: (value,) for name, value in chosen}})


def shade(count: int, most: int) -> int:
    """0 for none, else how dark a cell is: from 1 to `SHADES`."""
    return min(SHADES, -(-count * SHADES // most)) if count and most else 0
