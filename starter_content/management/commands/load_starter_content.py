from django.core.management.base import BaseCommand, CommandError

from starter_content.loaders import LOADERS
from starter_content.loading import load
from starter_content.progress import Progress, closing_table
from starter_content.reading import DATA, BadData, read_folder
from starter_content.validation import validate

NOT_LOADED = ("focus_series", "issues")  # checked, but no rows are made of them


class Command(BaseCommand):
    help = (
        "Loads the association's networks, cities, agenda, experiences, news and pages, or what is new in them since. "
        "Touches nothing that was edited or deleted on the site."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--data", default=DATA, metavar="DIR", help="folder with the files, instead of our own")

    def handle(self, *, dry_run, data, verbosity, **options):
        try:
            content = read_folder(data)
            validate(content)
            total = sum(len(items) for name, items in content.items() if name not in NOT_LOADED)
            progress = Progress(self.stdout if verbosity else None, total)
            totals = load(content, LOADERS, progress, dry_run=dry_run)
        except BadData as error:
            raise CommandError(f"The starter content was not loaded.\n{error}") from error
        progress.finish()
        if verbosity:
            self.stdout.write(closing_table(totals))
            if dry_run:
                self.stdout.write("This was a dry run: nothing was stored.")
