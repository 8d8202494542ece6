"""What stands on every page: who we are with the social links, and the menu. One query each, kept until a change."""

from copy import copy

from django import template
from django.db.models import OuterRef, Subquery

from pages.models import Highlight, MemberCount, MenuItem, Page, SiteIdentity, SocialLink
from pages.targets import tables_without_targets
from pictures.shown import request_of
from publishing.kept import asked_of, once_per_change
from publishing.prepared import prepared
from translations.texts import columns

register = template.Library()

COUNTS = ("cities", "countries", "as_of")


@register.simple_tag(takes_context=True)
def site_identity(context):
    """The one SiteIdentity with its newest member count and its `links_shown`, or None before it is filled in.

    One query; two where there are no social links.
    """
    return once_per_change(("site_identity",), read_site_identity, page=request_of(context))


def read_site_identity():
    links = links_with_site()
    if links:
        site = links[0].site
        for name in COUNTS:
            setattr(site, f"newest_{name}", getattr(links[0], f"newest_{name}"))
    else:
        site = next(iter(site_alone()), None)
    if site is not None:
        site.links_shown = links
    return site


@prepared
def links_with_site():
    return SocialLink.objects.select_related("site__seat_city").annotate(**newest_counts("site"))


@prepared
def site_alone():
    return SiteIdentity.objects.select_related("seat_city").annotate(**newest_counts("pk")).order_by("pk")[:1]


def newest_counts(site):
    """Annotations of a row that names its site in the column `site`."""
    newest = MemberCount.objects.filter(site=OuterRef(site)).order_by("-as_of")
    return {f"newest_{name}": Subquery(newest.values(name)[:1]) for name in COUNTS}


class MenuLabel:
    """What an entry says in each language, and nothing else of its row, which would keep the rows that it leads to."""

    title_field = MenuItem.title_field

    def __init__(self, item):
        self.source_language = item.source_language
        for column in columns(self.title_field):
            setattr(self, column, getattr(item, column))


class MenuEntry:
    """An entry as a page shows it: what it says and where it leads, and whether that is here."""

    def __init__(self, item, address):
        self.pk = item.pk
        self.texts = MenuLabel(item)
        self.address = address
        self.is_current = self.is_open = False
        self.entries = []

    def on(self, path):
        """The same, as the page with this path shows it; `is_open`: it is this page, or this page is below it."""
        shown = copy(self)
        shown.is_current = path == self.address
        shown.entries = [entry.on(path) for entry in self.entries]
        shown.is_open = path.startswith(self.address) or any(entry.is_open for entry in shown.entries)
        return shown


@register.simple_tag(takes_context=True)
def menus(context):
    """All menu entries whose target is public: `{"main": [entry, …], "quick": […], "footer": […], "state": …}`.

    Each is a `MenuEntry`; entries of the main menu have `.entries`, the ones below them. `state` tells two pages apart
    whose main menus look different. One query.
    """
    request = request_of(context)
    menu = once_per_change(("menus",), read_menus, page=request)
    main = [entry.on(request.path if request else "") for entry in menu["main"]]
    state = tuple((one.is_current, one.is_open) for entry in main for one in (entry, *entry.entries))
    return menu | {"main": main, "state": state}


def read_menus():
    found = asked_of(menu_items, tables_without_targets)
    items = {item.pk: (item, address) for item in found if (address := item.target_url())}
    shown = {pk: MenuEntry(*found) for pk, found in items.items()}
    main = []
    for pk, (item, _) in items.items():
        above, _ = items.get(item.parent_id, (None, ""))
        if not item.in_main or (item.parent_id and above is None):
            continue  # what stands below a hidden entry is hidden with it
        if above is None or not above.in_main:
            main.append(shown[pk])
        else:
            shown[above.pk].entries.append(shown[pk])
    return {
        "main": main,
        "quick": [shown[pk] for pk, (item, _) in items.items() if item.in_quick],
        "footer": [shown[pk] for pk, (item, _) in items.items() if item.in_footer],
    }


@prepared
def menu_items():
    return MenuItem.objects.with_targets()


@prepared
def highlights_of_today():
    return Highlight.objects.published().with_targets().select_related("picture")


@register.simple_tag
def highlights():
    """The promoted links of the home page that show today and lead somewhere; each has `.address`."""
    shown = asked_of(highlights_of_today, tables_without_targets)
    for highlight in shown:
        highlight.address = highlight.target_url()
    return [highlight for highlight in shown if highlight.address]


@register.simple_tag
def page_by_key(key):
    """The public page with this key (“privacy”, “contact”…), or None."""
    return Page.objects.published().filter(key=key).defer("body").first()
