from django.urls import path

from editions import views

app_name = "editions"
urlpatterns = [
    path("<slug:slug>/", views.series_detail, name="series_detail"),
    path("<slug:series>/<slug:slug>/", views.edition_detail, name="edition_detail"),
]
