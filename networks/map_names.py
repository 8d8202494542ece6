"""Where the name of a point stands on its map: beside it, and whole."""

from __future__ import annotations

from dataclasses import dataclass

# In units of the drawing: the letters as large as the narrowest screens have them, see `.map-city` in map.css.
SIZE = 56
GAP = 20
# Of the size of the letters: how wide one is, Latin or Chinese and Korean, in a bold face; how far lines are apart.
LETTER, SIGN, LINE = 0.58, 1.05, 1.1


@dataclass(frozen=True)
class NamePlace:
    """`side` is the text's anchor; lines after the first start at `x` again."""

    x: int
    y: int
    side: str
    lines: list[str]


def name_place(name: str, x: int, y: int, width: int, height: int) -> NamePlace:
    """After the point, else before it, else above or below it; a name wider than the map in several lines."""
    lines = _lines(name, width - 2 * GAP)
    needed = max(map(width_of, lines))
    tall = (len(lines) - 1) * SIZE * LINE
    middle = min(max(y - tall / 2, SIZE), height - SIZE - tall)
    if x + GAP + needed <= width:
        return NamePlace(x + GAP, round(middle), "start", lines)
    if x - GAP - needed >= 0:
        return NamePlace(x - GAP, round(middle), "end", lines)
    above = y - SIZE - tall
    beside = above if above >= SIZE else y + SIZE
    return NamePlace(round(min(max(x, needed / 2), width - needed / 2)), round(beside), "middle", lines)


def width_of(text: str) -> float:
    return sum(SIGN if ord(letter) > 0x2E7F else LETTER for letter in text) * SIZE


def _lines(name: str, width: float) -> list[str]:
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
