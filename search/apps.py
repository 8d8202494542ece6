from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from publishing.triggers import follow_migrations


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("search")

    def ready(self):
        """Each app says in its `search_documents` what can be found."""
        from search import change_log
        from search.committing import refresh_before_commits

        autodiscover_modules("search_documents")
        connection_created.connect(refresh_before_commits, dispatch_uid="search.committing")
        follow_migrations(self, install=change_log.install, remove=change_log.remove)
