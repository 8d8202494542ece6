from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from iaec_site import export_folder
from iaec_site.content_export.writing import FORMAT, Writer
from publishing.progress_bar import ProgressBar
from translations import ledger


class Command(BaseCommand):
    help = (
        "Writes all content as JSON, drafts and every language included, without accounts and readers: as one file "
        "(a name that ends in .json), or as a folder with a file of each kind. See docs/move-out.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("target", metavar="FILE|DIR", type=Path)
        parser.add_argument("--replace", action="store_true", help="put it in place of an earlier, unchanged export")

    def handle(self, *, target, replace, verbosity, **options):
        target = target.absolute()
        bar = None

        def on_item(done, total, kind):
            nonlocal bar
            bar = bar or ProgressBar(self.stderr, total)
            bar.show(done, kind)

        if not settings.READ_ONLY:
            ledger.refresh()
        writer = Writer(timezone.now(), on_item)
        try:
            if target.suffix == ".json":
                self.to_file(writer, target, replace)
            else:
                export_folder.check_place(target, FORMAT, replace=replace)
                with export_folder.beside(target) as unfinished:
                    writer.to_folder(unfinished)
                    export_folder.put(unfinished, target)
        except export_folder.Refused as error:
            raise CommandError(f"Nothing was exported. {error}") from error
        except OSError as error:
            raise CommandError(f"Nothing was exported: {error}") from error
        if bar:
            bar.clear()
        if verbosity:
            self.stdout.write(f"{target}\n{writer.done} items of {len(writer.counts)} kinds")

    def to_file(self, writer, target, replace):
        if target.is_dir():
            raise export_folder.Refused(f"{target} is a folder.")
        if target.exists() and not replace:
            raise export_folder.Refused(f"{target} is there already. Name another file, or add --replace.")
        if not target.parent.is_dir():
            raise export_folder.Refused(f"{target.parent} does not exist. Make it first.")
        writer.to_file(target)
