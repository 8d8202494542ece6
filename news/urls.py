from django.urls import include, path
from django.utils.translation import pgettext_lazy

from news import data_views, feed_views, views

app_name = "news"
pages = [
    path("", views.post_list, name="post_list"),
    path("data.json", data_views.post_json, name="post_json"),
    path("data.csv", data_views.post_csv, name="post_csv"),
    path("<year:year>/", views.post_archive, name="post_archive"),
    path(pgettext_lazy("address", "category/<slug:slug>/"), views.category_detail, name="category_detail"),
    path("<slug:slug>/", views.post_detail, name="post_detail"),
]
urlpatterns = [
    path(pgettext_lazy("address", "news/"), include(pages)),
    path(pgettext_lazy("address", "news.atom"), feed_views.post_atom_feed, name="post_atom_feed"),
    path(pgettext_lazy("address", "news.json"), feed_views.post_json_feed, name="post_json_feed"),
]
