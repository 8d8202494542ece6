"""What is looked at before pages and highlights are published, and where addresses of pages lead."""

from django.utils.translation import gettext_lazy as _

from checks.addresses import page_of
from checks.findings import Matter, Severity
from checks.looking import publication_check
from checks.publication_checks import expects
from pages.models import Highlight, Page
from pages.targets import ITEM_FIELDS

TARGET_NOT_PUBLIC = Matter(
    "target_not_public",
    Severity.ADVICE,
    _("“%(title)s”, to which it leads, is not public: it stays away from the home page until then."),
)

page_of("pages:page_detail", Page)
expects(Page, "body")


@publication_check(Highlight, reads=[*ITEM_FIELDS, "edition__series"])
def check_target(highlight, known):
    target = highlight.target_item
    if target is not None and not target.is_public(known.shows_from(highlight)):
        yield TARGET_NOT_PUBLIC.found(highlight, title=str(target))
