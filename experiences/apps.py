from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ExperiencesConfig(AppConfig):
    name = "experiences"
    verbose_name = _("experiences")

    def ready(self):
        # Triggers belong to tables, and only `migrate` changes these: see `experiences.table_versions`.
        pre_migrate.connect(drop_triggers, sender=self)
        post_migrate.connect(make_triggers, sender=self)


def drop_triggers(using, **kwargs):
    from experiences import table_versions

    table_versions.remove(using)


def make_triggers(using, **kwargs):
    from experiences import table_versions

    table_versions.install(using)
