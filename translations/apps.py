from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.triggers import follow_migrations


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("translations")

    def ready(self):
        from translations import change_log, history

        follow_migrations(self, install=change_log.install, remove=change_log.remove)
        history.announce()
