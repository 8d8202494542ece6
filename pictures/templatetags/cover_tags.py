"""The drawn cover in templates: {% cover seed=city.key variant=post.key palette=theme.key number=26 shape="lead" %}"""

from django import template
from django.utils.safestring import SafeString, mark_safe

from pictures.covers import cover_svg

register = template.Library()


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
