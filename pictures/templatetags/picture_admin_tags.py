"""Pictures in pages of the admin."""

from django import template

from pictures.thumbnails import thumbnail
from pictures.uses import uses_of

register = template.Library()


@register.simple_tag
def picture_thumbnail(picture, size=""):
    return thumbnail(picture, size)


@register.simple_tag(takes_context=True)
def uses_of_picture(context, picture):
    """As far as whoever asks may see them."""
    return uses_of(picture, context["request"])
