"""What a report of an error may hold: neither secrets of the site nor what somebody typed."""

import re

from django.conf import settings
from django.views.debug import SafeExceptionReporterFilter

# Addresses with a password in them, as those of databases, caches, mailboxes and Redis are.
CREDENTIALS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*://)[^/\s@]*@", re.IGNORECASE)


class SiteReportFilter(SafeExceptionReporterFilter):
    hidden_settings = re.compile(
        SafeExceptionReporterFilter.hidden_settings.pattern + "|COOKIE|SESSION|CSRF|AUTHORIZATION|ANYMAIL|IDENTITY",
        re.IGNORECASE,
    )

    def cleanse_setting(self, key, value):
        cleansed = super().cleanse_setting(key, value)
        if isinstance(cleansed, str):
            return CREDENTIALS.sub(rf"\g<scheme>{self.cleansed_substitute}@", str(cleansed))
        return cleansed

    def is_active(self, request):
        """With DEBUG too: a page with tracebacks is soon copied into a letter."""
        return True

    def get_post_parameters(self, request):
        """Their names only: passwords, codes, and texts and addresses of people."""
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request is not None else {}

    def get_traceback_frame_variables(self, request, tb_frame):
        """None at all outside of development: they hold readers' addresses and what editors typed."""
        return super().get_traceback_frame_variables(request, tb_frame) if settings.DEBUG else []
