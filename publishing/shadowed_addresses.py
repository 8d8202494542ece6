"""Addresses that lead elsewhere: a page “Agenda” would lie at the agenda’s address, an event “2026” at a year’s."""

from django.core.exceptions import ObjectDoesNotExist
from django.urls import NoReverseMatch, Resolver404, get_script_prefix, resolve
from django.utils.translation import override

# Leads to the item's own view, whatever routes stand before it.
NOBODYS_SLUG = "nobody-s-slug"


def is_shadowed(item, language, slug):
    """Would the item's address with this slug show something else? Every language has routes of its own."""
    try:
        home = resolved_with(item, language, NOBODYS_SLUG)
        there = resolved_with(item, language, slug)
    except Resolver404:
        return True
    except (NoReverseMatch, ObjectDoesNotExist):
        return False  # not known yet: an edition whose series nobody chose so far
    kwargs = {name: slug if value == NOBODYS_SLUG else value for name, value in home.kwargs.items()}
    return (there.view_name, there.kwargs) != (home.view_name, kwargs)


def resolved_with(item, language, slug):
    """What the address of the item leads to while this is its slug."""
    column = item.slug_columns()[language]
    own = getattr(item, column)
    setattr(item, column, slug)
    try:
        with override(language):
            return resolve("/" + item.get_absolute_url().removeprefix(get_script_prefix()))
    finally:
        setattr(item, column, own)
