"""Runs the web server in one process or several: `python -m iaec_site.web_server HOST PORT`."""

from __future__ import annotations

import sys

import uvicorn
from django.conf import settings

from iaec_site.web_server import OPTIONS
from iaec_site.web_server.application import protocol

if __name__ == "__main__":
    uvicorn.run(
        "iaec_site.web_server.application:application",
        host=sys.argv[1],
        port=int(sys.argv[2]),
        workers=settings.WEB_PROCESSES,
        http=protocol(),
        **OPTIONS,
    )
