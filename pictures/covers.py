"""Drawn covers as SVG, for items without a picture: see `mosaic.py` for what decides how they look.

    cover_svg(seed="espoo", variant="focus_26", palette="lifelong_learning", number=26, shape="lead")

The markup holds no colour, style or id: each path has one letter as its class, covers.css gives the letter
its token, and dark mode changes the token. All forms of one colour in one layer are one path.
"""

from functools import lru_cache

from .mosaic import CELL, SHAPES, Area, Mosaic, Piece, direction, draw

__all__ = ["SHAPES", "cover_svg"]

# The radius of a river's bend: one cell.
BEND = CELL
# Classes of lines, by the colour of the river.
RIVERS = {"r": "w", "e": "x", "f": "y"}
# Long shapes keep their height and are cropped at the end of the line.
CROPPED = ("banner", "strip")


@lru_cache(500)
def cover_svg(
    *, seed: str, variant: str = "", palette: str | None = None, number: int | None = None, shape: str = "card"
) -> str:
    """The cover of one item as compact inline SVG.

    `seed` is the city's id (or, without a city, the item's own), `variant` the item's id, `palette` the id of its
    first theme, `number` what stands on the plaza, `shape` one of SHAPES. The drawing is decoration: it is hidden
    from assistive technology, so the title and number must stand in the text beside it.
    """
    mosaic = draw(seed=seed, variant=variant, palette=palette, number=number, shape=shape)
    crop = ' preserveAspectRatio="xMinYMid slice"' if shape in CROPPED else ""
    parts = [
        f'<svg class="cover" viewBox="0 0 {mosaic.width} {mosaic.height}"{crop} aria-hidden="true" focusable="false">',
        f'<path class="{mosaic.ground}" d="M0 0h{mosaic.width}v{mosaic.height}H0z"/>',
    ]
    for layer in mosaic.layers:
        by_colour: dict[str, str] = {}
        for piece in layer:
            by_colour[piece.colour] = by_colour.get(piece.colour, "") + piece_path(piece)
        parts += [f'<path class="{colour}" d="{path}"/>' for colour, path in by_colour.items()]
    if mosaic.river:
        parts.append(f'<path class="{RIVERS[mosaic.river_colour]}" d="{river_path(mosaic.river)}"/>')
    avenues = "".join(f"M{x1} {y1}L{x2} {y2}" for (x1, y1), (x2, y2) in mosaic.avenues)
    parts.append(f'<path class="s" d="{avenues}"/>')
    if mosaic.plaza is not None:
        parts += plaza_markup(mosaic, mosaic.plaza)
    parts.append("</svg>")
    return "".join(parts)


def plaza_markup(mosaic: Mosaic, plaza: Area) -> list[str]:
    """The ground of the plaza and the number in its middle."""
    x, y, width, height = (side * CELL for side in plaza)
    # Capitals of the heading font are 0.7 em high: the baseline puts them in the middle.
    baseline = y + height / 2 + mosaic.number_size * 0.35
    return [
        f'<path class="{mosaic.ground}" d="M{x} {y}h{width}v{height}h-{width}z"/>',
        f'<text class="k" x="{x + width / 2:g}" y="{baseline:.2f}" font-size="{mosaic.number_size:g}">'
        f"{mosaic.number}</text>",
    ]


def piece_path(piece: Piece) -> str:
    """The outline of one form, closed, in relative commands."""
    x, y, w, h = piece.x, piece.y, piece.width, piece.height
    r = w // 2
    if piece.kind == "block":
        return f"M{x} {y}h{w}v{h}h-{w}z"
    if piece.kind == "quarter":
        return (
            f"M{x} {y}v{h}h{w}a{w} {h} 0 0 0-{w}-{h}",
            f"M{x} {y}v{h}a{w} {h} 0 0 0 {w}-{h}z",
            f"M{x} {y}h{w}v{h}a{w} {h} 0 0 1-{w}-{h}",
            f"M{x + w} {y}v{h}h-{w}a{w} {h} 0 0 1 {w}-{h}",
        )[piece.turn]
    if piece.kind == "half":
        return (
            f"M{x} {y + h}a{r} {r} 0 0 1 {w} 0",
            f"M{x} {y}a{r} {r} 0 0 1 0 {h}",
            f"M{x} {y}a{r} {r} 0 0 0 {w} 0",
            f"M{x + w} {y}a{r} {r} 0 0 0 0 {h}",
        )[piece.turn]
    if piece.kind == "arch":
        return f"M{x} {y + h}v-{h - r}a{r} {r} 0 0 1 {w} 0v{h - r}z"
    if piece.kind == "disc":
        return f"M{x} {y + r}a{r} {r} 0 0 0 {w} 0a{r} {r} 0 0 0-{w} 0"
    if piece.turn % 2:
        return f"M{x + w} {y}a{w} {h} 0 0 0-{w} {h}a{w} {h} 0 0 0 {w}-{h}"
    return f"M{x} {y}a{w} {h} 0 0 1 {w} {h}a{w} {h} 0 0 1-{w}-{h}"


def river_path(points: tuple[tuple[int, int], ...]) -> str:
    """A line through the points whose corners are quarter circles."""
    path = f"M{points[0][0]} {points[0][1]}"
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        (in_x, in_y), (out_x, out_y) = direction(before, here), direction(here, after)
        sweep = 1 if in_x * out_y - in_y * out_x > 0 else 0
        path += f"L{here[0] - in_x * BEND} {here[1] - in_y * BEND}"
        path += f"a{BEND} {BEND} 0 0 {sweep} {(in_x + out_x) * BEND} {(in_y + out_y) * BEND}"
    return path + f"L{points[-1][0]} {points[-1][1]}"
