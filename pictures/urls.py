"""Below MEDIA_URL: `path("media/", include("pictures.urls"))`, outside the language prefixes."""

from django.urls import path

from pictures import views

app_name = "pictures"
urlpatterns = [path("<path:path>", views.media_file, name="media_file")]
