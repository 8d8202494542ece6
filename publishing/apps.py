from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("publishing")

    def ready(self):
        from publishing import plain_text  # noqa: F401 - its lookup and its function have to be there from the start
