"""Sitemaps (sitemaps.org 0.9): each kind of page in the languages that it really exists in, with its true last change.

One file holds at most 50,000 addresses; an item has as many as it has languages.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils.translation import override

from agenda.models import Event
from editions.models import Edition, Series
from experiences.models import Experience, FocusIssue
from networks.models import City, Network
from news.models import Category, Post
from newsletter.models import Issue
from pages.models import Page
from publications.models import Publication, PublicationSeries
from publishing.public_page import public_page
from translations.texts import ALL_LANGUAGES, columns, languages_of, original_language

ITEMS_PER_FILE = 1000
LISTS = [
    "home",
    "agenda:event_list",
    "news:post_list",
    "experiences:experience_list",
    "experiences:experience_matrix",
    "experiences:focus_list",
    "networks:network_list",
    "networks:city_list",
    "publications:publication_list",
    "newsletter:signup",
    "newsletter:issue_list",
    "search",
    "open_data",
]


class LanguageSitemap(Sitemap):
    """Pages with an address in each of their languages, which all name each other."""

    limit = ITEMS_PER_FILE

    def get_urls(self, page=1, site=None, protocol=None):
        items = list(self.paginator.page(page).object_list)
        start = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        addresses = {number: {} for number in range(len(items))}
        for code in ALL_LANGUAGES:
            with override(code):
                for number, item in enumerate(items):
                    if code in self.languages(item):
                        addresses[number][code] = start + self.location(item)
        urls = []
        for number, item in enumerate(items):
            alternates = [{"lang_code": code, "location": url} for code, url in addresses[number].items()]
            default = self.default_address(item, addresses[number], start)
            alternates.append({"lang_code": "x-default", "location": default})
            urls += [
                {"location": url, "lastmod": self.lastmod(item), "alternates": alternates}
                for url in addresses[number].values()
            ]
        return urls

    def languages(self, item):
        raise NotImplementedError

    def default_address(self, item, addresses, start):
        """For readers of any other language."""
        raise NotImplementedError

    def lastmod(self, item):
        return None

    def get_latest_lastmod(self):
        return None


class ListSitemap(LanguageSitemap):
    """Lists and forms, which exist in every language."""

    def items(self):
        return LISTS

    def location(self, item):
        return reverse(item)

    def languages(self, item):
        return ALL_LANGUAGES

    def default_address(self, item, addresses, start):
        # The front door asks the browser.
        return f"{start}/" if item == "home" else addresses[settings.LANGUAGE_CODE]


class ItemSitemap(LanguageSitemap):
    def __init__(self, items):
        self.make_items = items

    def items(self):
        return self.make_items().order_by("pk")

    def languages(self, item):
        return languages_of(item)

    def default_address(self, item, addresses, start):
        return addresses.get(original_language(item)) or next(iter(addresses.values()), start)

    def lastmod(self, item):
        """A page that was scheduled changed when it appeared."""
        return max(filter(None, [getattr(item, "updated_at", None), getattr(item, "publish_at", None)]), default=None)

    def get_latest_lastmod(self):
        if not hasattr(self.items().model, "updated_at"):
            return None
        latest = self.items().order_by().aggregate(updated=Max("updated_at"), shown=Max("publish_at"))
        return max((moment for moment in latest.values() if isinstance(moment, datetime)), default=None)


DATES = ("updated_at", "publish_at")


def categories_with_posts():
    return Category.objects.filter(Exists(Post.objects.published().filter(categories=OuterRef("pk"))))


def series_with_publications():
    published = Publication.objects.published().order_by().filter(series=OuterRef("pk"))
    return PublicationSeries.objects.filter(Exists(published))


SITEMAPS = {
    "lists": ListSitemap(),
    "agenda": ItemSitemap(
        lambda: Event.objects.published().only(*columns("title", "slug"), "source_language", *DATES)
    ),
    "news": ItemSitemap(lambda: Post.objects.published().only(*columns("title", "slug"), "source_language", *DATES)),
    "news-categories": ItemSitemap(categories_with_posts),
    "experiences": ItemSitemap(
        lambda: Experience.objects.published().only(*columns("title", "slug"), "source_language", *DATES)
    ),
    "focus-experience": ItemSitemap(
        lambda: (
            FocusIssue.objects.published()
            .select_related("experience")
            .only("number", *DATES, *columns("title", prefix="experience__"), "experience__source_language")
        )
    ),
    "networks": ItemSitemap(
        lambda: Network.objects.published().only(*columns("name", "slug"), "source_language", *DATES)
    ),
    "cities": ItemSitemap(lambda: City.objects.published().only("name", "slug", *DATES)),
    "editions": ItemSitemap(lambda: Edition.objects.published().select_related("series")),
    "series": ItemSitemap(lambda: Series.objects.published().exclude(key=Series.Key.FOCUS_EXPERIENCE)),
    "publications": ItemSitemap(
        lambda: Publication.objects.published().only(*columns("title", "slug"), "source_language", *DATES)
    ),
    "publication-series": ItemSitemap(series_with_publications),
    "newsletter": ItemSitemap(lambda: Issue.objects.archived().only(*columns("subject"), "source_language", "number")),
    "pages": ItemSitemap(lambda: Page.objects.published().only(*columns("title", "slug"), "source_language", *DATES)),
}


@public_page
def sitemap_index(request):
    return sitemap_views.index(request, SITEMAPS, sitemap_url_name="sitemap")


@public_page
def sitemap(request, section):
    return sitemap_views.sitemap(request, SITEMAPS, section)
