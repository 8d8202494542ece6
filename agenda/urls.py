from django.urls import include, path
from django.utils.translation import pgettext_lazy

from agenda import views

app_name = "agenda"
pages = [
    path("", views.event_list, name="event_list"),
    path("<year:year>/", views.event_archive, name="event_archive"),
    path("<slug:slug>/", views.event_detail, name="event_detail"),
]
urlpatterns = [
    path(pgettext_lazy("address", "agenda/"), include(pages)),
]
