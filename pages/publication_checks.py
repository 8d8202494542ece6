"""What is looked at before pages and highlights are published, in the menu and in the site's identity."""

from django.utils.translation import gettext_lazy as _

from checks.addresses import page_of
from checks.findings import Matter, Severity
from checks.looking import publication_check
from checks.publication_checks import expects
from checks.site import always_shown
from checks.texts import also_leads_to
from pages.models import Highlight, MenuItem, Page, SiteIdentity
from pages.targets import ITEM_FIELDS

TARGET_NOT_PUBLIC = Matter(
    "target_not_public",
    Severity.ADVICE,
    _("“%(title)s”, to which it leads, is not public: it stays away from the home page until then."),
)

MENU_TARGET_NOT_PUBLIC = Matter(
    "menu_target_not_public",
    Severity.ADVICE,
    _("“%(title)s”, to which it leads, is not public: it stays away from the menu until then."),
)

page_of("pages:page_detail", Page)
always_shown(MenuItem, SiteIdentity)
also_leads_to(SiteIdentity, lambda site: [link.url for link in site.social_links.all() if link.url])
expects(Page, "body")


@publication_check(Highlight, reads=[*ITEM_FIELDS, "edition__series"])
def check_target(highlight, known):
    target = highlight.target_item
    if target is not None and not target.is_public(known.shows_from(highlight)):
        yield TARGET_NOT_PUBLIC.found(highlight, title=str(target))


@publication_check(MenuItem, reads=[*ITEM_FIELDS, "edition__series"])
def check_menu_target(entry, known):
    target = entry.target_item
    if target is not None and not target.is_public(known.now):
        yield MENU_TARGET_NOT_PUBLIC.found(entry, title=str(target))
