"""The networks' names that stand on every page, each in its own language."""

from django import template

from networks.models import Network

register = template.Library()


@register.simple_tag
def network_strip():
    """Networks linked from every page, in their order. One query."""
    return list(Network.objects.published().for_strip().defer("description"))


@register.simple_tag
def network_count():
    return Network.objects.published().count()
