"""The small picture of the admin's lists, for every app that has a picture."""

from django.utils.html import format_html

EDGE = 72


def thumbnail(picture):
    """Without a picture an empty string, so that a column of the list stays empty."""
    if not picture:
        return ""
    rendition = next(iter(picture.renditions.get("webp", [])), picture.fallback)
    return format_html(
        '<img class="picture-thumbnail" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        picture.url_of(rendition),
        EDGE,
        EDGE,
    )
