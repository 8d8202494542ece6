from django.urls import include, path
from django.utils.translation import pgettext_lazy

from networks import data_views, views

app_name = "networks"
of_networks = [
    path("", views.network_list, name="network_list"),
    path("data.json", data_views.network_json, name="network_json"),
    path("data.csv", data_views.network_csv, name="network_csv"),
]
of_cities = [
    path("", views.city_list, name="city_list"),
    path("data.json", data_views.city_json, name="city_json"),
    path("data.csv", data_views.city_csv, name="city_csv"),
]
urlpatterns = [
    path(pgettext_lazy("address", "networks/"), include(of_networks)),
    path(pgettext_lazy("address", "networks/<slug:slug>/"), views.network_detail, name="network_detail"),
    path(pgettext_lazy("address", "cities/"), include(of_cities)),
    path(pgettext_lazy("address", "cities/<slug:slug>/"), views.city_detail, name="city_detail"),
]
