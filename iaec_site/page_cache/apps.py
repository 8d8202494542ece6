from django.apps import AppConfig
from django.db.backends.signals import connection_created

from publishing.kept import keep_with
from publishing.triggers import follow_migrations


class PageCacheConfig(AppConfig):
    name = "iaec_site.page_cache"

    def ready(self):
        from iaec_site.page_cache import commits, moments
        from iaec_site.page_cache.generation import generation
        from iaec_site.page_cache.kept_blocks import blocks
        from search import index

        keep_with(blocks)
        index.when_withdrawn.append(lambda: generation().note_withdrawal())
        connection_created.connect(commits.watch, dispatch_uid="page_cache.commits")
        follow_migrations(self, install=moments.install, remove=moments.remove)
