from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("search")

    def ready(self):
        """Each app says in its `search_documents` what can be found."""
        from search.committing import refresh_before_commits

        autodiscover_modules("search_documents")
        connection_created.connect(refresh_before_commits, dispatch_uid="search.committing")
        # Triggers belong to tables, and only `migrate` changes these: see `search.change_log`.
        pre_migrate.connect(drop_triggers, sender=self)
        post_migrate.connect(make_triggers, sender=self)


def drop_triggers(using, **kwargs):
    from search import change_log

    change_log.remove(using)


def make_triggers(using, **kwargs):
    from search import change_log

    change_log.install(using)
