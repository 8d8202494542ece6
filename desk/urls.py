from django.urls import path

from desk.draft_links import draft_page

app_name = "desk"

urlpatterns = [path("draft/<str:token>/", draft_page, name="draft_page")]
