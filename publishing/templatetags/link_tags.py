"""Links to other sites, named by where they lead."""

from urllib.parse import urlsplit

from django import template

register = template.Library()


@register.filter
def host(url):
    """`https://www.example.org/a/b` → `example.org`."""
    return urlsplit(url).netloc.removeprefix("www.")
