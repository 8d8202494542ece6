from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from iaec_site.backup import encryption, folder
from iaec_site.backup.archive import Archiving
from publishing.progress_bar import ProgressBar


class Command(BaseCommand):
    help = (
        "Puts the whole site, its rows and its files, into one dated archive, while the site goes on. "
        "`manage.py restore` makes a site of it again, on SQLite or PostgreSQL."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--to", metavar="FOLDER", default=settings.BACKUP_DIR, type=Path, help="default: BACKUP_DIR"
        )
        parser.add_argument(
            "--recipient",
            default=settings.BACKUP_RECIPIENT,
            help="encrypt for a key of age (age1…), SSH or GnuPG (name or fingerprint); default: BACKUP_RECIPIENT",
        )
        parser.add_argument(
            "--keep",
            metavar="DAYS,WEEKS,MONTHS",
            default=settings.BACKUP_KEEP,
            help="afterwards keep the newest of each of so many days, weeks and months, and remove the rest; "
            "0,0,0 keeps all; default: BACKUP_KEEP, else 7,4,12",
        )

    def handle(self, *, to, recipient, keep, verbosity, **options):
        try:
            keep = folder.parse_keep(keep)
        except (ValueError, TypeError):
            raise CommandError(
                f"“{keep}” does not say how many days, weeks and months to keep, as in 7,4,12."
            ) from None
        try:
            with folder.one_at_a_time(to):
                path, archiving, made = self.make(to, recipient)
                removed = folder.rotate(to, keep)
        except OSError as error:
            raise CommandError(f"The backup failed: {error}") from error
        if archiving.gone:
            self.stderr.write(
                f"{len(archiving.gone)} files were removed from the storage meanwhile: {archiving.gone[0]} …"
            )
        if verbosity:
            rows = sum(entry.rows for entry in made.tables)
            size = filesizeformat(path.stat().st_size)
            self.stdout.write(f"{path}\n{rows} rows of {len(made.tables)} tables and {made.files.count} files, {size}")
            if removed:
                self.stdout.write(f"Removed, as newer ones are kept: {', '.join(old.name for old in removed)}")

    def make(self, to, recipient):
        bar = None

        def progress(done, total, note):
            nonlocal bar
            bar = bar or ProgressBar(self.stderr, total)
            bar.show(done, note)

        ending = encryption.ending(recipient)
        with (
            folder.new_archive(to, timezone.now(), ending) as (file, path),
            encryption.encrypted(file, recipient) as stream,
        ):
            archiving = Archiving(stream, to, progress)
            made = archiving.write()
        if bar:
            bar.clear()
        return path, archiving, made
