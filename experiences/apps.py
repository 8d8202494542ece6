from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.triggers import follow_migrations


class ExperiencesConfig(AppConfig):
    name = "experiences"
    verbose_name = _("experiences")

    def ready(self):
        from experiences import table_versions

        follow_migrations(self, install=table_versions.install, remove=table_versions.remove)
