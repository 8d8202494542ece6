"""The small picture of the admin's lists, for every app that has a picture.

Its admin names `THUMBNAIL_STYLES` in `Media.css`.
"""

from django.utils.html import format_html

EDGES = {"": 72, "large": 160}
THUMBNAIL_STYLES = ["css/picture.css", "pictures/picture_admin.css"]


def thumbnail(picture, size=""):
    """Without a picture an empty string, so that a column of the list stays empty."""
    if not picture:
        return ""
    rendition = next(iter(picture.renditions.get("webp", [])), picture.fallback)
    own_class = f"picture-thumbnail picture-thumbnail-{size}" if size else "picture-thumbnail"
    return format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        " ".join([own_class, *picture.focal_classes()]),
        picture.url_of(rendition),
        EDGES[size],
        EDGES[size],
    )
