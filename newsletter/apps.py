from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("newsletter")

    def ready(self):
        if apps.is_installed("anymail"):
            from anymail.signals import tracking

            from newsletter.provider_events import take_event

            tracking.connect(take_event)
