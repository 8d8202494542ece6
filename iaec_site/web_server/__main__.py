"""Runs the web server: `python -m iaec_site.web_server HOST PORT`, or without them at the sockets that systemd opens.

SIGHUP replaces it, without a pause, by one of the code and settings that are there now; SIGTERM ends it, after the
requests in hand. FOLDER is where the code is looked for each time; a link to it may be changed meanwhile.
"""

from __future__ import annotations

import argparse
import os
import sys

from iaec_site.web_server.keeper import Keeper
from iaec_site.web_server.sockets import from_systemd, of_our_own

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m iaec_site.web_server")
    parser.add_argument("host", nargs="?")
    parser.add_argument("port", nargs="?", type=int)
    parser.add_argument("--folder", default=os.getcwd())
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iaec_site.settings")
    listening = from_systemd()
    if not listening and chosen.port:
        try:
            listening = [of_our_own(chosen.host, chosen.port)]
        except OSError as error:
            sys.exit(f"Cannot listen at {chosen.host} {chosen.port}: {error.strerror}")
    if not listening:
        sys.exit("Give a host and a port, or let systemd open the socket (deploy/iaec-web.socket).")
    sys.exit(Keeper(listening, os.path.abspath(chosen.folder)).run())
