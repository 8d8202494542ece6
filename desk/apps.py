from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = _("editors’ desk")

    def ready(self):
        """Each app says in its `today` what of its work stands on the front page of the admin."""
        autodiscover_modules("today")
