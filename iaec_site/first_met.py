"""What readers meet first, for the order in which translators see their work."""

from agenda.models import Event
from experiences.models import FocusIssue
from iaec_site.templatetags.home_tags import HOME_POSTS
from news.models import Post
from pages.models import Highlight, MenuItem, SiteIdentity
from translations.first_met import Tier


def tiers():
    """The home page from its head to its foot, then what is coming, the next first."""
    focus = FocusIssue.objects.published().newest_first().values("experience")[:1]
    return [
        Tier("pages.siteidentity", SiteIdentity.objects.values("pk")),
        Tier("pages.menuitem", MenuItem.objects.order_by().values("pk")),
        Tier("experiences.experience", focus),
        Tier("news.post", Post.objects.published().newest_first().values("pk")[:HOME_POSTS]),
        Tier("pages.highlight", Highlight.objects.published().order_by().values("pk")),
        Tier("agenda.event", Event.objects.published().upcoming().order_by().values("pk"), by="starts_at"),
    ]
