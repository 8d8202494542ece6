from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntranceConfig(AppConfig):
    name = "entrance"
    verbose_name = _("entrance")

    def ready(self):
        from entrance import noting

        noting.listen()
