from django.urls import path
from django.utils.translation import pgettext_lazy

from news import views

app_name = "news"
urlpatterns = [
    path("", views.post_list, name="post_list"),
    path("<year:year>/", views.post_archive, name="post_archive"),
    path(pgettext_lazy("address", "category/<slug:slug>/"), views.category_detail, name="category_detail"),
    path("<slug:slug>/", views.post_detail, name="post_detail"),
]
