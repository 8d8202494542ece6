from django.urls import path
from django.utils.translation import pgettext_lazy

from networks import views

app_name = "networks"
urlpatterns = [
    path(pgettext_lazy("address", "networks/"), views.network_list, name="network_list"),
    path(pgettext_lazy("address", "networks/<slug:slug>/"), views.network_detail, name="network_detail"),
    path(pgettext_lazy("address", "cities/"), views.city_list, name="city_list"),
    path(pgettext_lazy("address", "cities/<slug:slug>/"), views.city_detail, name="city_detail"),
]
