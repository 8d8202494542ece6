from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ChecksConfig(AppConfig):
    name = "checks"
    verbose_name = _("checks")

    def ready(self):
        """Each app says in its `publication_checks` what is looked at in its items, and what its addresses lead to."""
        autodiscover_modules("publication_checks")
