"""`make bench`: what pages, lists and feeds cost with 20,000 events, in a database made for it and thrown away.

Prints and judges nothing: times are those of this machine and of what else it is doing. SQLite by default;
DATABASE_URL=postgres://… measures there, in a database of its own.
"""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from bench.running import main

    main()
