from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("translations")

    def ready(self):
        # Triggers belong to tables, and only `migrate` changes these: see `translations.change_log`.
        pre_migrate.connect(drop_triggers, sender=self)
        post_migrate.connect(make_triggers, sender=self)
        from translations import history

        history.announce()


def drop_triggers(using, **kwargs):
    from translations import change_log

    change_log.remove(using)


def make_triggers(using, **kwargs):
    from translations import change_log

    change_log.install(using)
