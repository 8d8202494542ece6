from django.urls import path

from editions import data_views, views

app_name = "editions"
urlpatterns = [
    path("<slug:slug>/", views.series_detail, name="series_detail"),
    path("<slug:slug>/data.json", data_views.edition_json, name="edition_json"),
    path("<slug:slug>/data.csv", data_views.edition_csv, name="edition_csv"),
    path("<slug:series>/<slug:slug>/", views.edition_detail, name="edition_detail"),
]
