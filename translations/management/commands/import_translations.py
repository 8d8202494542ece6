import sys
from collections import Counter
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from translations.exchange import files
from translations.exchange.arrival import Outcome, bring_in
from translations.exchange.units import MAX_SIZE, Unreadable


class Command(BaseCommand):
    help = (
        "Brings translations back from a file that export_translations wrote. Says of each text that was refused why; "
        "the others are written all the same. Fails if one was refused."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only report")
        parser.add_argument("--user", help="in whose name, and with whose rights; default: nobody's, and all rights")

    def handle(self, *, file, dry_run, user, verbosity, **options):
        by = None
        if user:
            users = get_user_model()
            by = users.objects.filter(**{users.USERNAME_FIELD: user}, is_active=True).first()
            if by is None:
                raise CommandError(f"There is no active user “{user}”.")
        try:
            with file.open("rb") as opened:
                texts = files.read(opened.read(MAX_SIZE + 1))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error

        def progress(done, of):
            if verbosity and sys.stderr.isatty():
                self.stderr.write(f"\r{f'{done} of {of} texts …' if done < of else '':30}\r", ending="")

        lines = bring_in(texts, by=by, dry_run=dry_run, progress=progress)
        for line in lines:
            if line.outcome is Outcome.REFUSED or verbosity > 1:
                about = f" ({line.title})" if line.title else ""
                reason = f": {line.reason}" if line.reason else ""
                self.stdout.write(f"{line.text.name} {line.text.field}{about}: {line.outcome.label}{reason}")
        counts = Counter(line.outcome for line in lines)
        summary = ", ".join(f"{counts[outcome]} {outcome.label}" for outcome in Outcome)
        summary = f"{len(lines)} texts: {summary}." + (" A dry run: nothing was written." if dry_run else "")
        if counts[Outcome.REFUSED]:
            raise CommandError(summary)
        if verbosity:
            self.stdout.write(summary)
