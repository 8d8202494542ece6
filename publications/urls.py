from django.urls import include, path
from django.utils.translation import pgettext_lazy

from publications import data_views, feed_views, views

app_name = "publications"
pages = [
    path("", views.publication_list, name="publication_list"),
    path("data.json", data_views.publication_json, name="publication_json"),
    path("data.csv", data_views.publication_csv, name="publication_csv"),
    path(pgettext_lazy("address", "series/<slug:slug>/"), views.series_detail, name="series_detail"),
    path("<slug:slug>/", views.publication_detail, name="publication_detail"),
]
urlpatterns = [
    path(pgettext_lazy("address", "publications/"), include(pages)),
    path(
        pgettext_lazy("address", "publications.atom"), feed_views.publication_atom_feed, name="publication_atom_feed"
    ),
    path(
        pgettext_lazy("address", "publications.json"), feed_views.publication_json_feed, name="publication_json_feed"
    ),
]
