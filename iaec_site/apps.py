from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class SiteConfig(AppConfig):
    name = "iaec_site"

    def ready(self):
        from iaec_site.roles import ensure_roles

        # The signal is sent for each app that has models; after the last one's, the permissions of all are there.
        last = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(ensure_roles, sender=last)
