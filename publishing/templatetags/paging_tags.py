"""Links between the pages of a list."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """The address of another page of this list, with the list's other choices kept; page 1 has none of its own."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = number
    return f"{context['request'].path}?{query.urlencode()}" if query else context["request"].path


@register.simple_tag
def page_numbers(page):
    return page.paginator.get_elided_page_range(page.number)
