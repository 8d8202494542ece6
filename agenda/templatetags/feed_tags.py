"""Addresses under which a choice of events, a network's agenda or one event is to be had for calendars and readers."""

from urllib.parse import urlsplit, urlunsplit

from django import template
from django.conf import settings

from agenda.feeds import (
    address_of_choice,
    address_of_event_file,
    address_of_network_calendar,
)
from agenda.selection import EventSelection

register = template.Library()


@register.simple_tag(takes_context=True)
def feed_addresses(context, selection=None, network=None):
    """`{% feed_addresses selection=selection as feeds %}`, or of a network: all that its page can be subscribed to.

    `.calendar` and `.tentative` (with vague dates) with a `webcal:` form of each, `.atom`, `.json`; all of them whole
    addresses, since people copy them into other programs. The title of the choice is `.title`.
    """
    selection = selection or EventSelection(network=network)

    def calendar(tentative):
        if network:
            return address_of_network_calendar(network, tentative=tentative)
        return address_of_choice("agenda:event_calendar", selection, tentative=tentative)

    plain, tentative = (absolute(context, calendar(wanted)) for wanted in (False, True))
    return {
        "title": selection.title,
        "calendar": plain,
        "calendar_webcal": webcal(plain),
        "tentative": tentative,
        "tentative_webcal": webcal(tentative),
        "atom": absolute(context, address_of_choice("agenda:event_atom_feed", selection)),
        "json": absolute(context, address_of_choice("agenda:event_json_feed", selection)),
    }


@register.simple_tag
def event_file_address(event):
    """The event as a file for calendars; "" while its date is to be announced, which no calendar can show."""
    return address_of_event_file(event) if event.earliest else ""


def absolute(context, path):
    """As the page's own canonical link has it; where no request is at hand, at the site's address."""
    request = getattr(context, "request", None) or context.get("request")
    return request.build_absolute_uri(path) if request else settings.SITE_URL + path


def webcal(address):
    """By this scheme calendar programs know that they are to subscribe rather than to copy."""
    return urlunsplit(urlsplit(address)._replace(scheme="webcal"))
