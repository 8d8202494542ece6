from django.apps import AppConfig


class WorkersConfig(AppConfig):
    name = "iaec_site.workers"
