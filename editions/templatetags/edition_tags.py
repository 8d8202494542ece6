"""What search engines read in an edition's page beside its text."""

from django import template
from django.urls import reverse

from editions.structured_data import Surroundings, edition_data
from publishing.structured_data import data_block
from translations.texts import text_of

register = template.Library()


@register.simple_tag(takes_context=True)
def edition_structured_data(context, edition):
    """JSON-LD, a data block that no browser runs; nothing for an edition whose days are not known.

    Reads `site` and `canonical` of the frame; asks the database nothing that the page did not fetch.
    """
    request = context.get("request")
    if request is None:
        return ""
    absolute = request.build_absolute_uri
    around = Surroundings(
        url=context.get("canonical") or absolute(edition.get_absolute_url()),
        series_url=absolute(edition.series.get_absolute_url()),
        home=absolute(reverse("home")),
        association=text_of(context.get("site"), "name").text,
    )
    return data_block(edition_data(edition, around))
