import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from newsletter.exporting import write_export
from newsletter.models import Subscriber
from publishing.progress_bar import ProgressBar


class Command(BaseCommand):
    help = (
        "Writes everything about the newsletter’s readers into a ZIP of CSV tables: readers and the proofs of their "
        "consent, deliveries, bounces, suppressed addresses (as hashes). Keep it where nobody else can read it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the ZIP to write; it must not be there yet")

    def handle(self, *, file, verbosity, **options):
        bar = ProgressBar(self.stderr if verbosity else None, Subscriber.objects.count())
        try:
            # For its owner's eyes only, from the first byte.
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(str(error)) from None
        with os.fdopen(descriptor, "wb") as archive:
            counts = write_export(archive, after_portion=bar.show)
        bar.clear()
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in counts.items()) + ".")
