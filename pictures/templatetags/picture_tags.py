from django import template
from django.utils.translation import get_language

from pictures.models import ShownAlt
from pictures.renditions import FORMATS, MODERN, SIZES

register = template.Library()


@register.inclusion_tag("pictures/_picture.html")
def picture(picture, size, alt=None):
    """`{% picture event.picture "card" %}`. Nothing without a picture.

    `alt=""` where the text beside it says it all, as in a card that is one link with the item's title.
    """
    return picture_context(picture, size, alt)


@register.inclusion_tag("pictures/_picture_figure.html")
def picture_figure(picture, size, caption="", alt=None):
    """The picture with its caption, credit and licence."""
    return picture_context(picture, size, alt) | {"caption": caption}


def picture_context(picture, size_name, alt):
    if not picture:
        return {"picture": None}
    if size_name not in SIZES:
        raise template.TemplateSyntaxError(f"No picture size is called “{size_name}”: see pictures.renditions.SIZES.")
    size = SIZES[size_name]
    shown = picture.shown_alt() if alt is None else ShownAlt(alt, "")
    return {
        "picture": picture,
        "size": size,
        "sources": sources(picture, size),
        "fallback": picture.fallback,
        "fallback_url": picture.url_of(picture.fallback),
        "alt": shown.text,
        "alt_language": shown.language if shown.language != get_language() else "",
        "classes": " ".join(["picture", f"picture-{size_name}", *picture.focal_classes()]),
    }


def sources(picture, size):
    """Read from the column alone: no file is opened, no storage asked."""
    found = []
    for format_name in MODERN:
        renditions = picture.renditions.get(format_name, [])
        offered = [rendition for rendition in renditions if rendition["width"] <= size.largest] or renditions[:1]
        if offered:
            srcset = ", ".join(f"{picture.url_of(rendition)} {rendition['width']}w" for rendition in offered)
            found.append({"media_type": FORMATS[format_name].media_type, "srcset": srcset})
    return found
