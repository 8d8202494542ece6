"""One process that serves: `python -m iaec_site.web_server.process NUMBER PIPE SOCKET …`, as the keeper starts it."""

from __future__ import annotations

import os
import socket
import sys
import time

import uvicorn
from django.conf import settings

from iaec_site.web_server import OPTIONS, life


class Server(uvicorn.Server):
    """Tells when it serves, and first tells load balancers when it is to stop."""

    stop_at = 0.0
    pipe = -1

    async def startup(self, sockets=None):
        await super().startup(sockets)
        if self.pipe >= 0:
            os.write(self.pipe, b"%d" % settings.WEB_PROCESSES)
            os.close(self.pipe)

    def handle_exit(self, sig, frame):
        if self.stop_at or not settings.DRAIN_SECONDS:
            life.is_stopping = True
            super().handle_exit(sig, frame)
        else:
            self.stop_at = time.monotonic() + settings.DRAIN_SECONDS
            life.is_draining = True

    async def on_tick(self, counter):
        if self.stop_at and time.monotonic() >= self.stop_at:
            life.is_stopping = self.should_exit = True
        return await super().on_tick(counter)


def main(number: int, pipe: int, descriptors: list[int]) -> None:
    config = uvicorn.Config(
        "iaec_site.web_server.application:application",
        http="iaec_site.web_server.application:Protocol",
        **OPTIONS,
    )
    life.number = number
    server = Server(config)
    server.pipe = pipe
    server.run(sockets=[socket.socket(fileno=one) for one in descriptors])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iaec_site.settings")
    number, pipe, *descriptors = map(int, sys.argv[1:])
    main(number, pipe, descriptors)
