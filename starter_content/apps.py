from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StarterContentConfig(AppConfig):
    name = "starter_content"
    verbose_name = _("starter content")
