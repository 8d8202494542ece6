"""May this file become a picture of the site? Judged by its content, never by its name or its claimed type.

Cheap questions come first: bytes, then kind, then pixels as the header tells them, and only
then is anything decoded.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000
ACCEPTED = ("JPEG", "PNG", "WEBP", "AVIF")
ACCEPTED_MEDIA_TYPES = "image/jpeg,image/png,image/webp,image/avif"

# Nothing of the file but its pixels would survive; a file made to be two things at once is still
# refused, because whoever sent it should hear of it. Long enough not to occur in pixels by chance.
DISGUISE = re.compile(
    rb"<(?:!doctype|html|body|script|iframe|svg)[\s>]|<\?php\s|%PDF-\d|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c", re.IGNORECASE
)

SIGNATURE = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|RIFF.{4}WEBP|.{4}ftypavi[fs]", re.DOTALL)

REFUSALS = {
    "too_many_bytes": _("This file is larger than %(megabytes)d MB. Save the picture smaller and try again."),
    "too_many_pixels": _(
        "This picture has more than %(megapixels)d megapixels. Make it smaller, for example 2560 pixels wide."
    ),
    "not_a_picture": _(
        "This file is not a JPEG, PNG, WebP or AVIF picture, whatever its name says. "
        "Open it in an image editor and save it as one of these."
    ),
    "damaged": _("This picture is damaged or incomplete. Open it in an image editor and save it anew."),
    "disguised": _(
        "This file is a picture and something else at once (a page, a program or an archive). "
        "Open it in an image editor and save it anew."
    ),
    "animated": _("Moving pictures are not possible. Choose one frame and save it as a picture."),
}


def refusal(code: str) -> ValidationError:
    params = {"megabytes": MAX_BYTES // (1024 * 1024), "megapixels": MAX_PIXELS // 1_000_000}
    return ValidationError(REFUSALS[code], code=code, params=params)


@contextmanager
def damage_refused(data: bytes) -> Iterator[None]:
    try:
        yield
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refusal("too_many_pixels") from None
    except UnidentifiedImageError:
        raise refusal("damaged" if SIGNATURE.match(data) else "not_a_picture") from None
    except (Exception, MemoryError) as error:
        # Decoders meet hostile bytes with nearly every exception there is.
        raise refusal("damaged") from error


def open_picture(data: bytes) -> Image.Image:
    """The picture, identified but not decoded yet. Its size is within the limits."""
    if len(data) > MAX_BYTES:
        raise refusal("too_many_bytes")
    with damage_refused(data):
        image = Image.open(io.BytesIO(data), formats=ACCEPTED)
        if image.width * image.height > MAX_PIXELS:
            raise refusal("too_many_pixels")
        # Many telephones put a second view behind a JPEG ("MPO"); the first one is the photograph.
        if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
            raise refusal("animated")
    if DISGUISE.search(data) or zipfile.is_zipfile(io.BytesIO(data)):
        raise refusal("disguised")
    return image
