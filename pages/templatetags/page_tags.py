"""What stands on every page: who we are, the menu, the social links. One query each."""

from django import template
from django.db.models import OuterRef, Subquery

from pages.models import Highlight, MemberCount, MenuItem, Page, SiteIdentity, SocialLink

register = template.Library()


@register.simple_tag
def site_identity():
    """The one SiteIdentity with its newest member count, or None before it is filled in. One query."""
    newest = MemberCount.objects.filter(site=OuterRef("pk")).order_by("-as_of")
    counts = {f"newest_{name}": Subquery(newest.values(name)[:1]) for name in ("cities", "countries", "as_of")}
    return SiteIdentity.objects.select_related("seat_city").annotate(**counts).first()


@register.simple_tag(takes_context=True)
def social_links(context):
    """In their order. One query for all that show them on a page that has its `site`."""
    site = context.get("site")
    if not hasattr(site, "links_shown"):
        links = list(SocialLink.objects.all())
        if site is None:
            return links
        site.links_shown = links
    return site.links_shown


@register.simple_tag(takes_context=True)
def menus(context):
    """All menu entries whose target is public: `{"main": [entry, …], "quick": […], "footer": […]}`.

    Each entry has `.address`, `.is_current` (it is this page) and `.is_open` (this page or one below it); entries of
    the main menu have `.entries`, the ones below them. One query.
    """
    request = context.get("request")
    path = request.path if request else ""
    shown = []
    for entry in MenuItem.objects.with_targets():
        entry.address = entry.target_url()
        entry.entries = []
        entry.is_current = path == entry.address
        entry.is_open = bool(entry.address) and path.startswith(entry.address)
        if entry.address:
            shown.append(entry)
    by_id = {entry.pk: entry for entry in shown}
    main = []
    for entry in shown:
        above = by_id.get(entry.parent_id)
        if not entry.in_main or (entry.parent_id and above is None):
            continue  # what stands below a hidden entry is hidden with it
        if above is None or not above.in_main:
            main.append(entry)
            continue
        above.entries.append(entry)
        above.is_open = above.is_open or entry.is_open
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
