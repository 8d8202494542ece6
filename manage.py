#!/usr/bin/env python3
"""Django's command line for the association's site."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iaec_site.settings")
    from django.core.management import execute_from_command_line

    if sys.argv[1:2] == ["worker"]:
        from iaec_site.lost_file import watch_file
        from iaec_site.read_only import keep_worker_waiting

        keep_worker_waiting()
        watch_file()
    execute_from_command_line(sys.argv)
