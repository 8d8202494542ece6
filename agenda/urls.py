from django.urls import path

from agenda import views

app_name = "agenda"
urlpatterns = [
    path("", views.event_list, name="event_list"),
    path("<year:year>/", views.event_archive, name="event_archive"),
    path("<slug:slug>/", views.event_detail, name="event_detail"),
]
