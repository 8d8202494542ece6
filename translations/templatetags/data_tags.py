"""Addresses under which a list is to be had as data."""

from django import template
from django.urls import reverse

from translations.data_lists import path_of

register = template.Library()


@register.simple_tag(takes_context=True)
def data_addresses(context, name, query=None, q="", slug=""):
    """`{% data_addresses "editions:edition" slug=series.slug as data %}`: whole addresses as `.csv` and `.json`.

    `query` is the choice as parameters, as a page's own selection spells it; `q` only words that are looked for.
    """
    request = getattr(context, "request", None) or context["request"]
    query = query or ({"q": q} if q else {})
    kwargs = {"slug": slug} if slug else {}
    return {
        form: request.build_absolute_uri(path_of(reverse(f"{name}_{form}", kwargs=kwargs), query))
        for form in ("csv", "json")
    }
