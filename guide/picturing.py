"""Takes the pictures of the guide, with what is meant outlined, and keeps them small."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

from guide.reading import FOLDER, WHOLE

AROUND = 70  # pixels of the page above and below what is marked
LEAST_HEIGHT, MOST_HEIGHT = 280, 720
STICKING = 75  # height of the bar of languages, which goes along at the top of the window
COLOURS = 96  # enough for flat surfaces and smoothed letters

OUTLINE = """marks => {
  for (const {x, y, width, height} of marks) {
    const frame = document.createElement("div");
    frame.className = "guide-outline";
    for (const [name, value] of Object.entries({
      position: "absolute", left: `${x - 7}px`, top: `${y - 7}px`,
      width: `${width + 14}px`, height: `${height + 14}px`,
      border: "3px solid #d6401f", "border-radius": "9px", "box-sizing": "border-box", "z-index": 2147483647,
      "pointer-events": "none",
    })) frame.style.setProperty(name, value);
    document.documentElement.append(frame);
  }
}"""
# Where on the page an element is: with a label its box, with a heading its part of the page.
PLACE = """each => {
  if (/^H[12]$/.test(each.tagName) && each.closest("section")) each = each.closest("section");
  const boxes = [each];
  const box = each.tagName === "LABEL" && (each.control || document.getElementById(each.htmlFor));
  if (box) {
    boxes.push(document.querySelector(`#cke_${box.id}`) || (box.classList.contains("select2-hidden-accessible")
      ? box.nextElementSibling : box.closest(".date-box") || box));
  }
  const rects = boxes.map(one => one.getBoundingClientRect()).filter(r => r.width && r.height);
  const left = Math.min(...rects.map(r => r.left)), right = Math.max(...rects.map(r => r.right));
  const top = Math.min(...rects.map(r => r.top)), bottom = Math.max(...rects.map(r => r.bottom));
  return {x: left + scrollX, y: top + scrollY, width: right - left, height: bottom - top};
}"""


def take(page: Page, path: str, marks: list[Locator]) -> None:
    """One picture, in the folder of the guide under this path."""
    if path.endswith(WHOLE):
        marks = []
    if marks:
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")  # where what sticks to the window is in its own place
    places = [mark.first.evaluate(PLACE) for mark in marks if mark.count()]
    places = [place for place in places if place["width"]]
    page.evaluate("document.activeElement.blur()")
    page.evaluate(OUTLINE, places)
    area = shown_area(page, places)
    # Not as one long picture: what sticks to the window would lie across the middle of it.
    scrolled = page.evaluate("y => { scrollTo({top: y, behavior: 'instant'}); return scrollY }", area["y"] - STICKING)
    page.wait_for_timeout(100)
    data = page.screenshot(clip={**area, "y": area["y"] - scrolled}, animations="disabled")
    page.evaluate("document.querySelectorAll('.guide-outline').forEach(each => each.remove())")
    write(FOLDER / path, data)


def shown_area(page: Page, places: list[dict]) -> dict:
    """The window, or, where something is marked, the part of the page around it, without the menu at its side."""
    whole = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight,"
        " Math.max(0, (document.querySelector('#nav-sidebar')?.getBoundingClientRect().right ?? 0)), scrollY]"
    )
    width, height, side, scrolled = whole
    if not places:
        return {"x": 0, "y": scrolled, "width": width, "height": min(800, height - scrolled)}
    if any(place["x"] < side for place in places):
        side = 0
    top = max(0, min(place["y"] for place in places) - AROUND)
    bottom = min(height, max(place["y"] + place["height"] for place in places) + AROUND)
    bottom = min(height, max(bottom, top + LEAST_HEIGHT))
    return {"x": side, "y": top, "width": width - side, "height": min(bottom - top, MOST_HEIGHT)}


def write(path: Path, data: bytes) -> None:
    """As PNG of few colours, a third of what the browser makes; the same pixels give the same file."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
