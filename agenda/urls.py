from django.urls import include, path
from django.utils.translation import pgettext_lazy

from agenda import data_views, feed_views, views

app_name = "agenda"
pages = [
    path("", views.event_list, name="event_list"),
    path("data.json", data_views.event_json, name="event_json"),
    path("data.csv", data_views.event_csv, name="event_csv"),
    path("<year:year>/", views.event_archive, name="event_archive"),
    path("<year:year>/<month:month>/", views.event_month, name="event_month"),
    path("<slug:slug>/", views.event_detail, name="event_detail"),
    path("<slug:slug>.ics", feed_views.event_file, name="event_file"),
]
of_networks = [
    path("<slug:slug>.ics", feed_views.network_calendar, name="network_calendar"),
]
urlpatterns = [
    path(pgettext_lazy("address", "agenda/"), include(pages)),
    path(pgettext_lazy("address", "agenda.ics"), feed_views.event_calendar, name="event_calendar"),
    path(pgettext_lazy("address", "agenda.atom"), feed_views.event_atom_feed, name="event_atom_feed"),
    path(pgettext_lazy("address", "agenda.json"), feed_views.event_json_feed, name="event_json_feed"),
    path(pgettext_lazy("address", "networks/"), include(of_networks)),
]
