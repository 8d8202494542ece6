"""Runs the web server in one process or several: `python -m iaec_site.web_server HOST PORT`."""

from __future__ import annotations

import os
import sys

import uvicorn
from django.conf import settings

from iaec_site.web_server import OPTIONS

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iaec_site.settings")
    uvicorn.run(
        "iaec_site.web_server.application:application",
        host=sys.argv[1],
        port=int(sys.argv[2]),
        workers=settings.WEB_PROCESSES,
        http="iaec_site.web_server.application:Protocol",
        **OPTIONS,
    )
