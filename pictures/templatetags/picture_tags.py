from django import template

from pictures.shown import note_shown, picture_context, pictures_to_credit, request_of

register = template.Library()


@register.inclusion_tag("pictures/_picture.html", takes_context=True)
def picture(context, picture, size, alt=None):
    """`{% picture event.picture "card" %}`. Nothing without a picture.

    `alt=""` where the text beside it says it all, as in a card that is one link with the item's title.
    """
    request = request_of(context)
    note_shown(request, picture)
    return picture_context(picture, size, alt, request)


@register.inclusion_tag("pictures/_picture_figure.html", takes_context=True)
def picture_figure(context, picture, size, caption="", alt=None):
    """The picture with its caption, credit and licence."""
    return picture_context(picture, size, alt, request_of(context)) | {"caption": caption}


@register.inclusion_tag("pictures/_credits.html", takes_context=True)
def picture_credits(context):
    """At the end of a page: credits of the pictures that had no room for them, each once."""
    return {"pictures": pictures_to_credit(request_of(context))}
