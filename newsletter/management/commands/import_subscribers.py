import os
from collections import Counter
from contextlib import ExitStack

from django.core.management.base import BaseCommand, CommandError

from newsletter.import_tables import BLOCK, Unreadable, read_lines
from newsletter.importing import bring_in
from publishing.open_data import csv_lines
from publishing.progress_bar import ProgressBar

# Of each reason; all of them stand in the file of --report.
MOST_SHOWN = 5


class Command(BaseCommand):
    help = (
        "Brings in readers who have confirmed elsewhere. The first line of the table names its columns: email, "
        "language, consent_date and consent_source have to be there; networks, themes (several with “;” between them) "
        "and frequency may be. Nobody is written to. Run it again, and nobody comes in twice."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="CSV in UTF-8, UTF-16 or Windows-1252, with “,”, “;”, “|” or tabs")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--report", metavar="FILE", help="write every refused line and why into this CSV")

    def handle(self, *, file, dry_run, report, verbosity, **options):
        with ExitStack() as stack:
            try:
                table = stack.enter_context(open(file, "rb"))
                kept = stack.enter_context(open(report, "wb")) if report else None
                refused = RefusedLines(kept)
                bar = ProgressBar(self.stderr if verbosity else None, lines_in(table))
                outcome = bring_in(
                    read_lines(table), refuse=refused, dry_run=dry_run, after_portion=lambda done: bar.show(done)
                )
            except (OSError, Unreadable) as error:
                raise CommandError(str(error)) from None
            bar.clear()
        for line in refused.shown:
            self.stdout.write(line)
        for reason, count in refused.reasons.items():
            if count > MOST_SHOWN:
                self.stdout.write(f"… and {count - MOST_SHOWN} more: {reason}")
        brought_in = f"{outcome.brought_in} readers {'would be ' if dry_run else ''}brought in"
        self.stdout.write(f"{brought_in}, {outcome.known} known already, {outcome.refused} refused.")


class RefusedLines:
    """Written as they come; of each reason the first few are kept to be shown."""

    def __init__(self, file):
        self.file = file
        self.reasons = Counter()
        self.shown = []
        self.write(csv_lines(("line", "email", "reason"), ()))

    def __call__(self, number, email, reason):
        self.reasons[reason] += 1
        if self.reasons[reason] <= MOST_SHOWN:
            self.shown.append(f"Line {number}: {reason}")
        self.write(list(csv_lines((), [(number, email, reason)]))[1:])

    def write(self, lines):
        for line in lines if self.file else ():
            self.file.write(line)


def lines_in(table):
    """How many lines there are below the first: what is left to do is known from it."""
    count = sum(block.count(b"\n") for block in iter(lambda: table.read(BLOCK), b""))
    return max(count - 1, 1) if os.fstat(table.fileno()).st_size else 1
