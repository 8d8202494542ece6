"""What the templates of a picture need, and which pictures a page has shown so far.

A page names at its end the credits that had no room beside their pictures (on cards and posters), and gives the
highest priority to one picture alone, the first that is its lead.
"""

from contextlib import contextmanager

from django import template
from django.utils.translation import get_language

from pictures.models import ShownAlt
from pictures.renditions import FORMATS, MODERN, SIZES


def picture_context(picture, size_name, alt, request=None):
    if not picture:
        return {"picture": None}
    if size_name not in SIZES:
        raise template.TemplateSyntaxError(f"No picture size is called “{size_name}”: see pictures.renditions.SIZES.")
    size = SIZES[size_name]
    shown = picture.shown_alt() if alt is None else ShownAlt(alt, "")
    fallback = picture.fallback
    return {
        "picture": picture,
        "size": size,
        "sizes": size.sizes,
        "is_lead": size.lead and is_first_lead(request),
        "sources": sources(picture, size),
        "fallback_url": picture.url_of(fallback),
        "width": fallback["width"],
        "height": fallback["height"],
        "alt": shown.text,
        "alt_language": shown.language if shown.language != get_language() else "",
        "classes": " ".join(["picture", f"picture-{size_name}", *picture.focal_classes()]),
    }


def request_of(context):
    """Also within `{% include … only %}`, where the context keeps its request as an attribute."""
    return context.get("request") or getattr(context, "request", None)


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


class Shown:
    """What a page has shown so far."""

    def __init__(self, *, lead=False):
        self.lead = lead
        self.to_credit = {}


def shown_on(request) -> Shown:
    if not hasattr(request, "pictures_shown"):
        request.pictures_shown = Shown()
    return request.pictures_shown


def is_first_lead(request) -> bool:
    """A second picture with the highest priority would take it from the first."""
    if request is None:
        return True
    shown = shown_on(request)
    is_first, shown.lead = not shown.lead, True
    return is_first


def has_shown_lead(request) -> bool:
    return shown_on(request).lead


def note_shown(request, picture):
    """Shown without its credit: the page names it at its end."""
    if request is not None and picture and (picture.credit or picture.licence_address):
        shown_on(request).to_credit.setdefault((picture.credit, picture.licence), picture)


def pictures_to_credit(request) -> list:
    """One picture for each credit that the page has to name."""
    return list(shown_on(request).to_credit.values()) if request is not None else []


@contextmanager
def shown_apart(request):
    """Yields what is shown within it, which the page does not know of before it is told: see `note_again`."""
    before = shown_on(request)
    request.pictures_shown = apart = Shown(lead=before.lead)
    try:
        yield apart
    finally:
        request.pictures_shown = before


def note_again(request, shown: Shown) -> None:
    """A part of the page shows these, whether it was made for it or kept from another one."""
    here = shown_on(request)
    here.lead = here.lead or shown.lead
    for key, picture in shown.to_credit.items():
        here.to_credit.setdefault(key, picture)
