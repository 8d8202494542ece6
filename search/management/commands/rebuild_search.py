import shutil
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from search import change_log, index
from search.kinds import kinds
from search.models import Change, IndexRow


class Command(BaseCommand):
    help = (
        "Builds the search index anew, while visitors search in the one there is. Not needed in daily work: the index "
        "follows each change by itself. For what no trigger saw: a restored backup, another version of the site."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check",
            action="store_true",
            help="only compare the index with the content; the command fails if something differs",
        )
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is an index already")

    def handle(self, *, check, if_empty, verbosity, **options):
        self.is_shown = verbosity > 0
        if check:
            self.compare()
        elif if_empty and IndexRow.objects.exists():
            index.refresh()
        else:
            self.rebuild()

    def rebuild(self):
        if change_log.missing(DEFAULT_DB_ALIAS):
            change_log.install(DEFAULT_DB_ALIAS)
        total, done = index.number_of_items(), 0
        for kind, number in index.rebuild():
            done += number
            self.show_progress(done, total, kind)
        self.end_progress()
        if self.is_shown:
            self.stdout.write(f"{IndexRow.objects.count()} texts of {total} items can be found.")

    def compare(self):
        lost = change_log.missing(DEFAULT_DB_ALIAS)
        if waiting := Change.objects.waiting().count():
            self.stdout.write(f"{waiting} changes are not in the index yet; what they concern may be counted below.")
        total, looked_at, wrong = index.number_of_items(), 0, 0
        for kind in kinds().values():
            for seen, bad in index.differing(kind):
                looked_at, wrong = looked_at + seen, wrong + bad
                self.show_progress(looked_at, total, kind)
        self.end_progress()
        gone = index.remove_orphans(repair=False)
        summary = (
            f"{looked_at} items; {wrong} texts in the index differ from them, {gone} are of items that are gone; "
            f"{len(lost)} triggers are missing."
        )
        if wrong or gone or lost:
            raise CommandError(f"{summary} Run rebuild_search without --check to repair that.")
        if self.is_shown:
            self.stdout.write(summary)

    def show_progress(self, done, total, kind):
        if not self.is_shown or not sys.stderr.isatty():
            return
        width = max(10, min(40, shutil.get_terminal_size().columns - 50))
        filled = width * done // max(total, 1)
        bar = "█" * filled + "░" * (width - filled)
        self.stderr.write(f"\r{bar} {done} / {total}  {kind.model._meta.verbose_name_plural!s:30.30}", ending="")
        self.stderr.flush()

    def end_progress(self):
        if self.is_shown and sys.stderr.isatty():
            self.stderr.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r", ending="")
