import time
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from iaec_site.static_files import STAMP, collect_static_files, static_fingerprint


class Command(BaseCommand):
    help = (
        "Brings the database and the static files up to date with the code: after an installation and each upgrade. "
        "Does only what is due."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--trial", action="store_true", help="also load the starter content and make a staff account"
        )
        parser.add_argument("--address", default=settings.SITE_URL, help="where the site will answer")

    def handle(self, *, trial, address, **options):
        if self.migrations_are_due():
            with self.step("Preparing the database"):
                call_command("migrate", verbosity=0, interactive=False)
                # A language or a field may have come into being: the ledger did not see its texts being written.
                call_command("check_translations", verbosity=0)
            with self.step("Building the search index"):
                call_command("rebuild_search", verbosity=0)
        if trial:
            self.load_starter_content(options.get("stdout"))
        # What waits to be put into it must not keep the first visitor waiting.
        call_command("rebuild_search", "--if-empty", verbosity=0)
        count_rows(connections[DEFAULT_DB_ALIAS])
        fingerprint = static_fingerprint()
        stamp = settings.VAR_DIR / STAMP
        if not (stamp.exists() and stamp.read_text() == fingerprint and settings.STATIC_ROOT.exists()):
            with self.step("Collecting and compressing static files (up to a minute, only when they changed)"):
                collect_static_files()
            stamp.write_text(fingerprint)
        if trial:
            call_command("ensure_staff", address=address, stdout=self.stdout)

    def load_starter_content(self, stdout):
        """The first time it takes long enough to say how far it is; later it has little to do and nothing to say."""
        if apps.get_model("starter_content", "LoadedItem").objects.exists():
            call_command("load_starter_content", verbosity=0)
        else:
            with self.step("Loading the starter content"):
                call_command("load_starter_content", verbosity=1, stdout=stdout)

    def migrations_are_due(self):
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    @contextmanager
    def step(self, title):
        self.stdout.write(f"{title} …")
        self.stdout.flush()
        begin = time.monotonic()
        yield
        self.stdout.write(f"  done in {time.monotonic() - begin:.1f} s")


def count_rows(connection):
    """Let the database look at its tables, so that it chooses indexes by what is in them.

    PostgreSQL does so by itself, but only some minutes after many rows were written; SQLite never does. A thousand
    rows of an index say enough, in some hundredths of a second.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
