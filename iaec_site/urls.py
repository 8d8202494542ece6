from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, register_converter
from django.utils.translation import pgettext_lazy

from iaec_site import open_data_page, opensearch, search_page, security_txt, sharing_cards, sitemaps, views
from invitations.pages import forgotten_password
from pictures.views import library_picture
from publications.views import document_file
from publishing.month_converter import MonthConverter
from publishing.year_converter import YearConverter

register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

handler400 = "iaec_site.views.bad_request"
handler404 = "iaec_site.views.page_not_found"
handler500 = "iaec_site.views.server_error"

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap"),
    path("media/", include("pictures.urls")),
    path("picture/<slug:key>", library_picture, name="library_picture"),
    path("documents/<slug:address>/<slug:language>.pdf", document_file, name="document_file"),
    # The admin's own login page links to what has this name.
    path(
        f"{settings.ADMIN_PATH}forgotten-password/", forgotten_password, {"site": admin.site}, "admin_password_reset"
    ),
    path(settings.ADMIN_PATH, admin.site.urls),
]
if settings.BOUNCE_WEBHOOKS:
    urlpatterns.append(path("webhooks/", include("newsletter.webhook_urls")))

of_search = [
    path("", search_page.search, name="search"),
    path("opensearch.xml", opensearch.opensearch, name="opensearch"),
]

# The words of addresses are translated like any other text, in the context "address".
urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("card/<slug:kind>/<int:pk>-<slug:digest>.png", sharing_cards.sharing_card, name="sharing_card"),
    path(pgettext_lazy("address", "search/"), include(of_search)),
    path(pgettext_lazy("address", "search/suggestions.json"), search_page.suggestions, name="search_suggestions"),
    path("", include("agenda.urls")),
    path("", include("news.urls")),
    path(pgettext_lazy("address", "editions/"), include("editions.urls")),
    path(pgettext_lazy("address", "newsletter/"), include("newsletter.urls")),
    path("", include("desk.urls")),
    path("", include("experiences.urls")),
    path("", include("networks.urls")),
    path("", include("publications.urls")),
    path(pgettext_lazy("address", "open-data/"), open_data_page.open_data, name="open_data"),
    path("", include("pages.urls")),  # last: it takes any single word
)
