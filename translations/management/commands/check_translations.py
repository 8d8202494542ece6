import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from translations import change_log, ledger
from translations.kinds import kinds


class Command(BaseCommand):
    help = (
        "Compares the ledger of translations with the content and repairs what differs. A healthy ledger differs in "
        "nothing: it notes every change by itself."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="only report; the command fails if something differs"
        )

    def handle(self, *, dry_run, verbosity, **options):
        lost = change_log.missing(DEFAULT_DB_ALIAS)
        if lost and not dry_run:
            change_log.install(DEFAULT_DB_ALIAS)
        if not dry_run:
            ledger.refresh()
        elif waiting := ledger.Change.objects.count():
            self.stdout.write(f"{waiting} changes are not read yet; what they concern may be counted below.")
        looked_at = wrong = 0
        for kind in kinds().values():
            differing = 0
            for seen, bad in ledger.verify(kind, repair=not dry_run):
                looked_at, differing = looked_at + seen, differing + bad
                self.show_progress(f"{looked_at} items …", verbosity)
            if differing and verbosity:
                self.stdout.write(f"{kind.model._meta.verbose_name_plural}: {differing} differ")
            wrong += differing
        gone = ledger.orphans(repair=not dry_run)
        self.show_progress("", verbosity)
        summary = (
            f"{looked_at} items, {wrong} of them differ from the ledger; {gone} in the ledger that are gone; "
            f"{len(lost)} triggers were missing."
        )
        if dry_run and (wrong or gone or lost):
            raise CommandError(f"{summary} Run check_translations without --dry-run to repair that.")
        if verbosity:
            self.stdout.write(summary if not (wrong or gone or lost) else f"{summary} All is repaired.")

    def show_progress(self, text, verbosity):
        if verbosity and sys.stderr.isatty():
            self.stderr.write(f"\r{text:30}", ending="")
