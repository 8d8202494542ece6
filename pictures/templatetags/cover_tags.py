"""The drawn cover in templates: {% cover seed=city.key variant=post.key palette=theme.key number=26 shape="lead" %}"""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from pictures.covers import cover_svg
from pictures.mosaic import district_of
from pictures.shown import note_shown, picture_context, request_of

register = template.Library()

# The size of a picture that takes the place of a cover's shape.
PICTURE_SIZES = {"cover": "lead", "lead": "lead", "card": "card", "banner": "wide", "tile": "thumb"}


@register.simple_tag
def cover(seed="", variant="", palette=None, number=None, shape="card") -> SafeString:
    # Safe: the drawing holds our own markup and the number only. Names never reach it, they are hashed.
    return mark_safe(
        cover_svg(
            seed=str(seed or variant),
            variant=str(variant),
            palette=palette or None,
            number=None if number in (None, "") else int(number),
            shape=shape,
        )
    )


@register.simple_tag(takes_context=True)
def item_cover(context, item, shape="card"):
    """The item's picture, or its drawn cover where nobody photographed it. `item.cover` says what to draw from."""
    if getattr(item, "picture", None):
        request = request_of(context)
        note_shown(request, item.picture)
        found = picture_context(item.picture, PICTURE_SIZES[shape], "", request)
        return render_to_string("pictures/_picture.html", found)
    return cover(**item.cover, shape=shape)


@register.filter
def district(palette):
    """The letter of a theme's colour: <a class="tag district-{{ theme.key|district }}">"""
    return district_of(palette)
