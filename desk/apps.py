from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from publishing.triggers import follow_migrations


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = _("editors’ desk")

    def ready(self):
        """Each app says in its `today` what of its work stands on the front page of the admin."""
        from desk import listed_items

        autodiscover_modules("today")
        follow_migrations(self, install=listed_items.install, remove=listed_items.remove)
