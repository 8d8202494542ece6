"""Sharing cards (OpenGraph): the mosaic of an item with its title set beside it, as a small PNG.

The same geometry as on the page, see `mosaic.py`. Always in the colours of the light page.
"""

from functools import cache
from io import BytesIO
from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .mosaic import CELL, Mosaic, Piece, direction, draw

WIDTH, HEIGHT = 1200, 630
MARGIN = 60
# Painted twice as large and made smaller: Pillow draws no smooth edges itself.
SCALE = 2
FONT = Path(__file__).parent / "fonts" / "bricolage-700.ttf"
# As in tokens.css, light.
INKS = {
    "a": "#f26249",
    "b": "#f59331",
    "c": "#ffc933",
    "d": "#4fae72",
    "e": "#2fb1a6",
    "f": "#7fbdf0",
    "g": "#b196f2",
    "h": "#f5a3c3",
    "r": "#2440c4",
    "k": "#1b1a22",
    "p": "#fbf3e0",
}
PAGE, INK, QUIET = "#fbf7ee", "#1b1a22", "#5c5866"
TITLE_SIZES = (76, 66, 58, 50, 44, 38)
TITLE_HEIGHT = 320
COLOURS = 160
# A card is kept for ever under a name made from its texts and this number: raise it with every change to the drawing.
DRAWING = 1

Point = tuple[float, float]


def card_png(
    *,
    title: str,
    kicker: str,
    site: str,
    seed: str,
    variant: str = "",
    palette: str | None = None,
    number: int | None = None,
) -> bytes:
    """A card of 1200 × 630: the mosaic at the left, kicker, title and the name of the site at the right."""
    mosaic = draw(seed=seed, variant=variant, palette=palette, number=number, shape="cover")
    side = HEIGHT * SCALE
    picture = paint(mosaic, side).resize((HEIGHT, HEIGHT), Image.Resampling.LANCZOS)

    card = Image.new("RGB", (WIDTH, HEIGHT), PAGE)
    card.paste(picture, (0, 0))
    pen = ImageDraw.Draw(card)
    x, room = HEIGHT + MARGIN, WIDTH - HEIGHT - 2 * MARGIN
    pen.text((x, MARGIN), shorten(kicker, font(26), room), font=font(26), fill=QUIET)
    size, lines = fit(title, room)
    y = MARGIN + 62
    for line in lines:
        pen.text((x - size // 20, y), line, font=font(size), fill=INK)
        y += round(size * 1.04)
    signature = wrap(site, font(24), room)[:2]
    y = HEIGHT - MARGIN - 30 * len(signature)
    pen.rectangle((x, y - 16, x + room, y - 13), fill=INK)
    for line in signature:
        pen.text((x, y), shorten(line, font(24), room), font=font(24), fill=INK)
        y += 30

    out = BytesIO()
    card.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def fit(title: str, room: int) -> tuple[int, list[str]]:
    """The largest size in which the title stands in its room; the smallest one is cut with an ellipsis."""
    for size in TITLE_SIZES:
        lines = wrap(title, font(size), room)
        if len(lines) * size * 1.04 <= TITLE_HEIGHT and all(font(size).getlength(line) <= room for line in lines):
            return size, lines
    size = TITLE_SIZES[-1]
    most = int(TITLE_HEIGHT / (size * 1.04))
    lines = wrap(title, font(size), room)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + " …"]
    return size, [shorten(line, font(size), room) for line in lines]


def wrap(text: str, face: ImageFont.FreeTypeFont, room: int) -> list[str]:
    # A non-breaking space stays where it is, as split(" ") does not know it.
    lines: list[str] = []
    for word in text.replace("\n", " ").split(" "):
        if not word:
            continue
        if lines and face.getlength(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def shorten(text: str, face: ImageFont.FreeTypeFont, room: int) -> str:
    if face.getlength(text) <= room:
        return text
    text = text.rstrip("… ")
    while text and face.getlength(text + "…") > room:
        text = text[:-1].rstrip()
    return text + "…"


def paint(mosaic: Mosaic, side: int) -> Image.Image:
    """The mosaic as a picture that is `side` wide."""
    unit = side / mosaic.width
    image = Image.new("RGB", (side, round(mosaic.height * unit)), INKS[mosaic.ground])
    pen = ImageDraw.Draw(image)
    for layer in mosaic.layers:
        for piece in layer:
            pen.polygon([(x * unit, y * unit) for x, y in outline(piece)], fill=INKS[piece.colour])
    if mosaic.river:
        line = [(x * unit, y * unit) for x, y in rounded(mosaic.river)]
        pen.line(line, fill=INKS[mosaic.river_colour], width=round(unit))
        for x, y in line[1:-1]:
            # A line of many short pieces has notches at its joints.
            pen.circle((x, y), unit / 2, fill=INKS[mosaic.river_colour])
    for start, end in mosaic.avenues:
        line = [(x * unit, y * unit) for x, y in (start, end)]
        pen.line(line, fill=INKS["p"], width=round(0.26 * unit))
    if mosaic.plaza is not None:
        x, y, width, height = (length * CELL * unit for length in mosaic.plaza)
        pen.rectangle((x, y, x + width - 1, y + height - 1), fill=INKS[mosaic.ground])
        size = round(mosaic.number_size * unit)
        pen.text((x + width / 2, y + height / 2 + size * 0.35), str(mosaic.number), INKS["k"], font(size), anchor="ms")
    return image


def arc(centre: Point, radius: float, start: int, end: int) -> list[Point]:
    """Points of an arc; angles in quarter turns, clockwise from three o'clock."""
    steps = 24 * abs(end - start)
    angles = [(start + (end - start) * step / steps) * pi / 2 for step in range(steps + 1)]
    return [(centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)) for angle in angles]


def outline(piece: Piece) -> list[Point]:
    """The outline of one form in units, as a polygon: what `covers.piece_path` writes with arcs."""
    x, y, w, h = piece.x, piece.y, piece.width, piece.height
    r = w / 2
    corners = [(x, y + h), (x, y), (x + w, y), (x + w, y + h)]
    if piece.kind == "block":
        return list(corners)
    if piece.kind == "quarter":
        corner = corners[piece.turn]
        start = (-1, 0, 1, 2)[piece.turn]
        return [corner, *arc(corner, w, start, start + 1)]
    if piece.kind == "half":
        centre = ((x + r, y + h), (x, y + r), (x + r, y), (x + w, y + r))[piece.turn]
        start = (2, -1, 0, 1)[piece.turn]
        return arc(centre, r, start, start + 2)
    if piece.kind == "arch":
        return [(x, y + h), *arc((x + r, y + r), r, 2, 4), (x + w, y + h)]
    if piece.kind == "disc":
        return arc((x + r, y + r), r, 0, 4)
    if piece.turn % 2:
        return [*arc((x + w, y + h), w, 2, 3), *arc((x, y), w, 0, 1)]
    return [*arc((x, y + h), w, -1, 0), *arc((x + w, y), w, 1, 2)]


def rounded(points: tuple[tuple[int, int], ...]) -> list[Point]:
    """The river's line with quarter circles for corners."""
    line: list[Point] = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        (in_x, in_y), (out_x, out_y) = direction(before, here), direction(here, after)
        start = (here[0] - in_x * CELL, here[1] - in_y * CELL)
        centre = (start[0] + out_x * CELL, start[1] + out_y * CELL)
        for step in range(25):
            angle = step / 24 * pi / 2
            line.append(
                (
                    centre[0] - out_x * CELL * cos(angle) + in_x * CELL * sin(angle),
                    centre[1] - out_y * CELL * cos(angle) + in_y * CELL * sin(angle),
                )
            )
    return [*line, points[-1]]
