"""What search engines read in an event's page beside its text."""

import json

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from agenda.structured_data import Surroundings, event_data
from translations.texts import text_of

register = template.Library()

# As Django's `json_script` does, whose kind of block is fixed: nothing in a text can end the element.
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


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
    data = event_data(event, around)
    if data is None:
        return ""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
