"""The choice that a visitor makes among the news, as it stands in a feed's address: `?category=…&network=…`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from networks.models import Network
from news.models import Category, Post
from publishing.slugs import one_by_slug
from translations.texts import text_of


@dataclass(frozen=True)
class NewsSelection:
    """Posts of one category, of one network, or both; all of them where neither is named."""

    category: Category | None = None
    network: Network | None = None

    def posts(self, at=None):
        """The published posts of this choice at a moment (aware datetime, now by default), the newest first.

        These have a page; lists and feeds may leave out what is not translated (`listed`).
        """
        posts = Post.objects.published(at)
        if self.category:
            posts = posts.filter(categories=self.category)
        if self.network:
            posts = posts.filter(networks=self.network)
        return posts.newest_first()

    @property
    def title(self):
        """ "News", "News: Training, Delice"."""
        words = [text_of(self.category, "name").text] if self.category else []
        words += [self.network.official_name] if self.network else []
        return gettext("News: %(choice)s") % {"choice": ", ".join(words)} if words else gettext("News")

    @property
    def page(self):
        """The path of the page that shows the same posts; a network's own page shows the latest of them."""
        if self.category:
            return self.category.get_absolute_url()
        return self.network.get_absolute_url() if self.network else reverse("news:post_list")

    @property
    def query(self):
        """The choice as parameters of an address in the page's language."""
        chosen = {"category": self.category, "network": self.network}
        return {name: item.slug for name, item in chosen.items() if item}

    def feed_address(self, name):
        """The path of a feed ("news:post_atom_feed") of this choice in the page's language, in its one spelling."""
        query = urlencode(self.query)
        return f"{reverse(name)}?{query}" if query else reverse(name)


def read_selection(query):
    """The choice that a query (a QueryDict) names. Empty parameters count as not there, unknown ones are passed over.

    Raises Http404 for an address that nothing has: a feed without that part of the choice would be a wrong one.
    """
    return NewsSelection(
        category=one_by_slug(Category.objects.all(), query.get("category", "").strip()),
        network=one_by_slug(Network.objects.published(), query.get("network", "").strip()),
    )
