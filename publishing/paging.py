"""Lists in pages."""

from django.core.paginator import Paginator


def page_of(items, size, number):
    """The page of a list by the number that stands in an address; what is no page number gets the nearest page."""
    paginator = Paginator(items, size)
    try:
        return paginator.get_page(max(1, int(number or 1)))
    except ValueError:
        return paginator.get_page(1)
