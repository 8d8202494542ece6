"""Colours as the readers of the page need them: WCAG 2.2, computed from tokens.css."""

import re
from pathlib import Path

import pytest

LIGHT, DARK = Path("static/css/tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
PAPERS = ["colour-page", "colour-raised", "colour-sunken"]
TEXTS = [
    "colour-ink", "colour-quiet", "colour-action", "colour-action-strong", "colour-danger", "colour-success",
    "colour-warning", *(f"district-{letter}-text" for letter in "abcdefgh"),
]  # fmt: skip
PAIRS = [
    *((text, paper, 4.5) for text in TEXTS for paper in PAPERS),
    *(("on-district", f"district-{letter}", 4.5) for letter in "abcdefgh"),
    ("on-river", "district-river", 4.5),
    ("colour-on-action", "colour-action", 4.5),
    ("colour-on-action", "colour-action-strong", 4.5),
    *((text, "colour-board", 4.5) for text in ("colour-on-board", "colour-board-quiet", "colour-board-figure")),
    ("district-a", "colour-board", 4.5),
    ("district-b", "colour-board", 4.5),
    *(("colour-control", paper, 3) for paper in PAPERS),
    *(("colour-focus", paper, 3) for paper in PAPERS),
]


def colours(css):
    return dict(re.findall(r"--([\w-]+): (#\w{6});", css))


SCHEMES = {"light": colours(LIGHT), "dark": colours(LIGHT) | colours(DARK)}


def luminance(colour):
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_text_and_marks_stand_out_from_what_is_behind_them(scheme, front, back, least):
    low, high = sorted(luminance(SCHEMES[scheme][name]) for name in (front, back))

    assert (high + 0.05) / (low + 0.05) >= least
