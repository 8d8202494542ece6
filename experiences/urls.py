from django.urls import path
from django.utils.translation import pgettext_lazy

from experiences import views

app_name = "experiences"
urlpatterns = [
    path(pgettext_lazy("address", "bank-of-experiences/"), views.experience_list, name="experience_list"),
    path(
        pgettext_lazy("address", "bank-of-experiences/<slug:slug>/"), views.experience_detail, name="experience_detail"
    ),
    path(pgettext_lazy("address", "focus-experience/"), views.focus_list, name="focus_list"),
    path(pgettext_lazy("address", "focus-experience/<int:number>/"), views.focus_detail, name="focus_detail"),
]
