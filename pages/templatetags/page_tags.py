"""What stands on every page: who we are, the menu, the social links. One query each."""

from django import template

from pages.models import Highlight, MenuItem, Page, SiteIdentity, SocialLink

register = template.Library()


@register.simple_tag
def site_identity():
    """The one SiteIdentity, or None before it is filled in."""
    return SiteIdentity.objects.select_related("seat_city").first()


@register.simple_tag
def social_links():
    return list(SocialLink.objects.all())


@register.simple_tag
def menus():
    """All menu entries whose target is public: `{"main": [entry, …], "quick": […], "footer": […]}`.

    Each entry has `.address`; entries of the main menu have `.entries`, the ones below them.
    """
    shown = []
    for entry in MenuItem.objects.with_targets():
        entry.address = entry.target_url()
        entry.entries = []
        if entry.address:
            shown.append(entry)
    by_id = {entry.pk: entry for entry in shown}
    main = []
    for entry in shown:
        if entry.in_main:
            above = by_id.get(entry.parent_id)
            (above.entries if above else main).append(entry)
    return {
        "main": main,
        "quick": [entry for entry in shown if entry.in_quick],
        "footer": [entry for entry in shown if entry.in_footer],
    }


@register.simple_tag
def highlights():
    """The promoted links of the home page that show today and lead somewhere; each has `.address`."""
    shown = list(Highlight.objects.published().with_targets().select_related("picture"))
    for highlight in shown:
        highlight.address = highlight.target_url()
    return [highlight for highlight in shown if highlight.address]


@register.simple_tag
def page_by_key(key):
    """The public page with this key (“privacy”, “contact”…), or None."""
    return Page.objects.published().filter(key=key).defer("body").first()
