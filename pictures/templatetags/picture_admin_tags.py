"""Pictures in pages of the admin."""

from django import template

from pictures.thumbnails import thumbnail

register = template.Library()


@register.simple_tag
def picture_thumbnail(picture, size=""):
    return thumbnail(picture, size)
