"""A management command at the moment of the guide: `python -m guide.frozen runserver …`. Time goes on from there.

So that the pictures of a calendar show the same days whenever they are made.
"""

import datetime
import os
import sys

import time_machine
from django.core.management import execute_from_command_line

# A Tuesday in spring, with a General Assembly and a Congress ahead.
MOMENT = datetime.datetime(2026, 3, 10, 9, 0, tzinfo=datetime.UTC)

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iaec_site.settings")
    time_machine.travel(MOMENT, tick=True).start()
    execute_from_command_line(["manage.py", *sys.argv[1:]])
