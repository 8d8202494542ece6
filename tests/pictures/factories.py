"""Pictures for tests: real files, drawn on the spot."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from pictures.models import Picture


def drawn(width=600, height=400, mode="RGB"):
    """A gradient, so that scaling, turning and cropping change something."""
    red = Image.linear_gradient("L").resize((width, height))
    bands = [red, red.rotate(180), Image.new("L", (width, height), 120)]
    image = Image.merge("RGB", bands)
    if mode == "RGBA":
        image.putalpha(red)
    return image if image.mode == mode else image.convert(mode)


def picture_bytes(format="JPEG", image=None, **options):
    output = io.BytesIO()
    (image or drawn()).save(output, format, **options)
    return output.getvalue()


def make_picture(**overrides):
    """The least valid picture. `file` takes a file or bare bytes."""
    fields = {"file": picture_bytes(), "title": "A square", "alt_en": "A square with people"} | overrides
    if isinstance(fields["file"], bytes):
        fields["file"] = ContentFile(fields["file"], name="square.jpg")
    return Picture.objects.create(**fields)
