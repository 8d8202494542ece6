"""One process that serves, from the keeper: `python -m iaec_site.web_server.process NUMBER SAID LIVES SOCKETS`"""

from __future__ import annotations

import atexit
import math
import os
import signal
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING

import uvicorn
from django.conf import settings

from iaec_site.web_server import OPTIONS, life

if TYPE_CHECKING:
    from iaec_site.web_server.measuring import Measuring


class Server(uvicorn.Server):
    """Tells when it serves, and first tells load balancers when it is to stop."""

    stop_at = 0.0
    pipe = -1
    measured: Measuring | None = None

    async def startup(self, sockets=None):
        await super().startup(sockets)
        from iaec_site.web_server.application import measured  # there since uvicorn imported it

        if measured is not None:
            self.measured = measured
            measured.listener.begin()
        if self.pipe >= 0:
            words = b"%d" % settings.WEB_PROCESSES
            if settings.DRAIN_SECONDS:  # which a keeper of a version before does not understand
                words += b" %d" % math.ceil(settings.DRAIN_SECONDS)
            os.write(self.pipe, words)
            os.close(self.pipe)

    def handle_exit(self, sig, frame):
        """uvicorn's own ends the process by the same signal, and the last lines of the log were lost."""
        if self.should_exit:
            self.force_exit = sig == signal.SIGINT
        elif self.stop_at or not settings.DRAIN_SECONDS:
            life.is_stopping = self.should_exit = True
            self.leave_metrics()
        else:
            self.stop_at = time.monotonic() + settings.DRAIN_SECONDS
            life.is_draining = True

    async def on_tick(self, counter):
        if self.stop_at and time.monotonic() >= self.stop_at:
            life.is_stopping = self.should_exit = True
            self.leave_metrics()
        self.publish_metrics()
        return await super().on_tick(counter)

    async def shutdown(self, sockets=None):
        await super().shutdown(sockets)
        self.publish_metrics()  # the last answers, too

    def publish_metrics(self):
        if self.measured is not None:
            self.measured.publish(len(self.server_state.connections))

    def leave_metrics(self):
        """Another process tells them from now on, what this one has counted included."""
        if self.measured is not None:
            self.measured.listener.end()


def end_with_the_keeper(server: Server, lives: int) -> None:
    """Who serves on without a keeper holds the address against the next one: there is no time for load balancers."""
    os.read(lives, 1)  # until its other end is gone
    server.stop_at = time.monotonic()
    os.kill(os.getpid(), signal.SIGTERM)


def main(number: int, pipe: int, lives: int, descriptors: list[int]) -> None:
    config = uvicorn.Config(
        "iaec_site.web_server.application:application",
        http="iaec_site.web_server.application:Protocol",
        **OPTIONS,
    )
    life.number = number
    server = Server(config)
    server.pipe = pipe
    threading.Thread(target=end_with_the_keeper, args=[server, lives], name="keeper-watch", daemon=True).start()
    server.run(sockets=[socket.socket(fileno=one) for one in descriptors])
    if any(thread.name.startswith("django") for thread in threading.enumerate()):
        # One of them may be at a request that was cut off, and Python would wait for it.
        atexit._run_exitfuncs()
        os._exit(0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iaec_site.settings")
    number, pipe, lives, *descriptors = map(int, sys.argv[1:])
    main(number, pipe, lives, descriptors)
