"""The site as an ASGI application, and the protocol that answers for it what is ready.

Named to uvicorn as a text and imported by each of its processes: whoever imports it sets Django up.
"""

from __future__ import annotations

import sys

from django.conf import settings

from iaec_site import wsgi  # first: it sets Django up
from iaec_site.page_cache.layer import PageCache
from iaec_site.web_server.access_log import AccessLog
from iaec_site.web_server.bridge import Bridge
from iaec_site.web_server.measuring import measuring
from iaec_site.web_server.ready_pages import ReadyPagesProtocol

# Seconds for which a thread that makes a page keeps the processor while a ready one waits. Python's own 5 ms would
# make ready pages wait ten times as long as they take.
sys.setswitchinterval(0.0005)

access_log = AccessLog(settings.ACCESS_LOG, settings.LOG_FORMAT)
application = Bridge(wsgi.application, settings.WEB_THREADS, access_log)

page_cache = wsgi.ready_pages if isinstance(wsgi.ready_pages, PageCache) else None
measured = measuring(settings.METRICS_ADDRESS, settings.METRICS_DIR, application, page_cache)

# Without ready pages (PAGE_CACHE_MB=0) it still has its limits.
Protocol = ReadyPagesProtocol
Protocol.page_cache = page_cache
Protocol.log_of_answers = access_log
Protocol.counts = application.counts
