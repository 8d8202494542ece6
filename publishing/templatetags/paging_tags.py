"""Links between the pages of a list."""

from urllib.parse import urlencode

from django import template
from django.utils.translation import get_language

from publishing.paging import choice_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """The address of another page of this list, with the list's other choices kept; page 1 has none of its own."""
    query = choice_of(context, get_language())
    if number > 1:
        query["page"] = number
    path = context["request"].path
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


@register.simple_tag
def page_numbers(page):
    return page.paginator.get_elided_page_range(page.number)
