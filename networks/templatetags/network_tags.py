"""The networks' names that stand on every page, each in its own language, and the names of cities."""

from django import template
from django.utils.html import format_html

from networks.models import Network
from networks.structured_data import city_data
from publishing.prepared import prepared
from publishing.structured_data import data_block

register = template.Library()


@register.simple_tag
@prepared
def network_strip():
    """Networks linked from every page, in their order. One query."""
    return Network.objects.published().for_strip().defer("description")


@register.simple_tag
def city_link(city, text="", css=""):
    """The city's name, or another `text` for it, as a link to its page; without a link where that is not public.

    A tag and not a partial, whose last line break would stand as a space before the comma that follows.
    """
    text = text or city.name
    attributes = format_html(' class="{}"', css) if css else ""
    if city.is_public():
        return format_html('<a{} href="{}">{}</a>', attributes, city.get_absolute_url(), text)
    return format_html("<span{}>{}</span>", attributes, text) if css else text


@register.simple_tag(takes_context=True)
def city_structured_data(context, city):
    """The city as JSON-LD for its page; asks the database nothing."""
    request = context.get("request")
    if request is None:
        return ""
    return data_block(city_data(city, context.get("canonical") or request.build_absolute_uri(city.get_absolute_url())))
