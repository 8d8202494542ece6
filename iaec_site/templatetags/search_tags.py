"""Addresses of searches."""

from urllib.parse import urlencode

from django import template

register = template.Library()


@register.simple_tag
def search_query(**parameters):
    """`q=…&type=…&year=…` of what is given; what is empty is left out."""
    return urlencode({name: value for name, value in parameters.items() if value})
