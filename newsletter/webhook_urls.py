"""The addresses at which providers of mail report, of those alone that are named in BOUNCE_WEBHOOKS.

Each is checked by anymail: the password of ANYMAIL_WEBHOOK_SECRET always, and the provider's signature where it signs.
"""

from anymail import urls as anymail_urls
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

known = {pattern.name.removesuffix("_tracking_webhook"): pattern.callback for pattern in anymail_urls.urlpatterns}
unknown = sorted(set(settings.BOUNCE_WEBHOOKS) - set(known))
if unknown:
    raise ImproperlyConfigured(f"BOUNCE_WEBHOOKS names no provider of django-anymail: {', '.join(unknown)}.")

app_name = "webhooks"
urlpatterns = [path(f"{name}/tracking/", known[name], name=name) for name in settings.BOUNCE_WEBHOOKS]
