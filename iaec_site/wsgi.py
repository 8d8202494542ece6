"""The site as a WSGI application: ready pages first, then Django."""

import os

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iaec_site.settings")
django.setup(set_prefix=False)

from iaec_site.lost_file import watch_file  # noqa: E402 - models need Django to be set up
from iaec_site.page_cache.start import with_ready_pages  # noqa: E402
from iaec_site.read_only import hold_connections  # noqa: E402
from iaec_site.security_headers import guarded  # noqa: E402

watch_file()
hold_connections()
# Whoever works on the code wants to see each change of a template.
ready_pages = with_ready_pages(0 if settings.DEBUG else settings.PAGE_CACHE_MB * 1024 * 1024)
application = guarded(ready_pages)
