from django.urls import include, path

urlpatterns = [path("media/", include("pictures.urls"))]
