"""What search engines read in an event's page beside its text."""

from django import template
from django.urls import reverse

from agenda.structured_data import Surroundings, event_data
from publishing.structured_data import data_block
from translations.texts import text_of

register = template.Library()


@register.simple_tag(takes_context=True)
def event_structured_data(context, event, card=""):
    """JSON-LD, a data block that no browser runs; nothing for an event whose days are not known.

    `card` is the sharing card's absolute address, for an event without a picture. Reads `site` and `canonical` of the
    frame; asks the database nothing that the page did not fetch.
    """
    request = context.get("request")
    if request is None:
        return ""
    absolute = request.build_absolute_uri
    around = Surroundings(
        url=context.get("canonical") or absolute(event.get_absolute_url()),
        picture=absolute(event.picture.url_of(event.picture.fallback)) if event.picture else card,
        home=absolute(reverse("home")),
        association=text_of(context.get("site"), "name").text,
        absolute=absolute,
    )
    return data_block(event_data(event, around))
