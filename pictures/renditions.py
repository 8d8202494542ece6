"""What a picture becomes: the table of named sizes, and the files that each picture is kept in.

The file that an editor sends is never kept. It is decoded, turned upright, brought to sRGB and
written anew, so that nothing but the visible picture reaches the storage: no place, no camera,
no second file hidden behind the first.
"""

import hashlib
import io
import threading
from dataclasses import dataclass, replace
from typing import NamedTuple

from PIL import Image, ImageCms, ImageOps

from pictures.uploads import damage_refused, open_picture


class Size(NamedTuple):
    """How wide a picture stands in a layout. Its proportions are set by `picture-<name>` in picture.css."""

    sizes: str
    largest: int
    lead: bool = False


# The one table of sizes: `{% picture event.picture "card" %}`.
SIZES = {
    "thumb": Size("6rem", largest=480),
    "card": Size("(min-width: 64rem) 22rem, (min-width: 40rem) 45vw, 92vw", largest=960),
    "content": Size("(min-width: 48rem) 42rem, 92vw", largest=1600),
    "wide": Size("(min-width: 80rem) 76rem, 96vw", largest=1600),
    # The one picture of a page that is seen first: it is not lazy, and goes before the others.
    "lead": Size("(min-width: 64rem) 46rem, 100vw", largest=1600, lead=True),
}


class Format(NamedTuple):
    pillow: str
    extension: str
    media_type: str
    options: dict


FORMATS = {
    # Six times slower than WebP: not made while an editor waits. `pictures.tasks` adds it to
    # `Picture.renditions`, and the template tag offers whatever stands there.
    "avif": Format("AVIF", "avif", "image/avif", {"quality": 55, "speed": 8}),
    "webp": Format("WEBP", "webp", "image/webp", {"quality": 78, "method": 4}),
    "jpeg": Format("JPEG", "jpg", "image/jpeg", {"quality": 80, "optimize": True, "progressive": True}),
    "png": Format("PNG", "png", "image/png", {"optimize": True}),
}
MODERN = ("avif", "webp")  # in the order in which a browser should choose
FALLBACKS = ("jpeg", "png")

# Of what is kept there, further renditions are made; `pictures.views` serves none of it.
ORIGINALS = "originals"
ORIGINAL_EDGE = 2560
WIDTHS = (480, 960, 1600)
FALLBACK_WIDTH = 960
ORIGINAL_OPTIONS = {"jpeg": {"quality": 90, "subsampling": 0, "progressive": True}, "png": {}}

# A picture of 40 megapixels takes some 300 MB while it is decoded: whoever else uploads one meanwhile waits.
one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Rendition:
    width: int
    height: int
    extension: str
    data: bytes
    folder: str = "pictures"

    @property
    def name(self) -> str:
        """Made from the content alone: a name never stands for other bytes, so it may be cached for ever."""
        digest = hashlib.sha256(self.data).hexdigest()[:32]
        return f"{self.folder}/{digest[:2]}/{digest}.{self.extension}"

    def as_json(self) -> dict:
        return {"width": self.width, "height": self.height, "name": self.name}


@dataclass(frozen=True)
class EncodedPicture:
    original: Rendition
    renditions: dict[str, list[Rendition]]

    def files(self) -> list[Rendition]:
        return [self.original, *(rendition for group in self.renditions.values() for rendition in group)]


def encode(data: bytes) -> EncodedPicture:
    """All files of a picture from the bytes of an upload. A ValidationError says why it is refused."""
    image = open_picture(data)
    with one_at_a_time:
        with damage_refused(data):
            image = clean_copy(image)
        fallback = "png" if image.mode == "RGBA" else "jpeg"
        original = rendered(image, fallback, image.width, ORIGINAL_OPTIONS[fallback])
        return EncodedPicture(
            original=replace(original, folder=ORIGINALS),
            renditions={
                "webp": rendered_widths(image, "webp"),
                fallback: [rendered(image, fallback, min(image.width, FALLBACK_WIDTH))],
            },
        )


def encode_further(data: bytes) -> dict[str, list[Rendition]]:
    """What is made in the background, from an original that was stored."""
    with one_at_a_time:
        image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
        image.load()
        return {"avif": rendered_widths(image, "avif")}


def rendered_widths(image: Image.Image, format_name: str) -> list[Rendition]:
    widest = min(image.width, WIDTHS[-1])
    # A step that is nearly as wide as the widest saves nobody anything.
    widths = [width for width in WIDTHS if width < 0.9 * widest] + [widest]
    return [rendered(image, format_name, width) for width in widths]


def rendered(image: Image.Image, format_name: str, width: int, options: dict | None = None) -> Rendition:
    chosen = FORMATS[format_name]
    if width != image.width:
        height = max(1, round(image.height * width / image.width))
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    output = io.BytesIO()
    image.save(output, chosen.pillow, **(chosen.options if options is None else options))
    return Rendition(image.width, image.height, chosen.extension, output.getvalue())


def clean_copy(image: Image.Image) -> Image.Image:
    """Upright, in sRGB, at most 2560 pixels long, RGB or RGBA, and with nothing attached to it."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        # 16-bit grey: Pillow's own conversion would turn all but the darkest tones white.
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    elif image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode in ("P", "1"):
        image = image.convert("RGB")
    # For JPEG this decodes at a reduced scale: 40 megapixels cost no more than 10.
    image.thumbnail((ORIGINAL_EDGE, ORIGINAL_EDGE), Image.Resampling.LANCZOS, reducing_gap=3)
    image = ImageOps.exif_transpose(image)
    image = in_srgb(image, profile)
    image.info = {}
    return image


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    alpha = None
    if image.mode == "RGBA":
        alpha = image.getchannel("A")
        image = image.convert("RGB")
        if alpha.getextrema() == (255, 255):
            alpha = None
    converted = None
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A broken profile, or one for other channels: the plain conversion is right for nearly all of them.
            converted = None
    image = converted or image.convert("RGB")
    if alpha:
        image.putalpha(alpha)
    return image
