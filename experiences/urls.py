from django.urls import include, path
from django.utils.translation import pgettext_lazy

from experiences import data_views, feed_views, views

app_name = "experiences"
bank = [
    path("", views.experience_list, name="experience_list"),
    path("data.json", data_views.experience_json, name="experience_json"),
    path("data.csv", data_views.experience_csv, name="experience_csv"),
    path(pgettext_lazy("address", "principles-and-goals/"), views.experience_matrix, name="experience_matrix"),
    path("<slug:slug>/", views.experience_detail, name="experience_detail"),
]
series = [
    path("", views.focus_list, name="focus_list"),
    path("data.json", data_views.focus_json, name="focus_json"),
    path("data.csv", data_views.focus_csv, name="focus_csv"),
    path("<int:number>/", views.focus_detail, name="focus_detail"),
]
urlpatterns = [
    path(pgettext_lazy("address", "bank-of-experiences/"), include(bank)),
    path(
        pgettext_lazy("address", "bank-of-experiences.atom"),
        feed_views.experience_atom_feed,
        name="experience_atom_feed",
    ),
    path(
        pgettext_lazy("address", "bank-of-experiences.json"),
        feed_views.experience_json_feed,
        name="experience_json_feed",
    ),
    path(pgettext_lazy("address", "focus-experience/"), include(series)),
    path(pgettext_lazy("address", "focus-experience.atom"), feed_views.focus_atom_feed, name="focus_atom_feed"),
    path(pgettext_lazy("address", "focus-experience.json"), feed_views.focus_json_feed, name="focus_json_feed"),
]
