from django.urls import include, path
from django.utils.translation import pgettext_lazy

from newsletter import views

app_name = "newsletter"
urlpatterns = [
    path("", views.signup, name="signup"),
    path(pgettext_lazy("address", "subscribe/"), views.subscribe, name="subscribe"),
    path(pgettext_lazy("address", "thanks/"), views.thanks, name="thanks"),
    path(pgettext_lazy("address", "confirm/"), include([path("<slug:token>/", views.confirm, name="confirm")])),
    path(pgettext_lazy("address", "confirmed/"), views.confirmed, name="confirmed"),
    path(pgettext_lazy("address", "leave/"), include([path("<slug:token>/", views.leave, name="leave")])),
    path(pgettext_lazy("address", "goodbye/"), views.goodbye, name="goodbye"),
    path(
        pgettext_lazy("address", "preferences/"),
        include([path("<slug:token>/", views.preferences, name="preferences")]),
    ),
]
