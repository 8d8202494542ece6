from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.templatetags.static import static
from django.utils import timezone

from iaec_site import export_folder as folders
from iaec_site.static_export.crawling import SiteBroke
from iaec_site.static_export.exporting import FORMAT, Export
from publishing.progress_bar import ProgressBar

SHOWN = 20
OWN_SCRIPT = "js/search-in-copy.js"


class Command(BaseCommand):
    help = (
        "Writes the whole public site as files that any server can serve: all languages, feeds, calendars, pictures, "
        "former addresses and a search. Follows all links afterwards and says which are broken. See docs/move-out.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that does not exist yet, or is empty")
        parser.add_argument(
            "--site-url",
            default=settings.SITE_URL,
            help="the address at which the copy will stand, for what names it in full (feeds, sitemaps, canonical "
            "links); it may have a path; default: SITE_URL",
        )
        parser.add_argument("--replace", action="store_true", help="put it in place of an earlier, unchanged export")

    def handle(self, *, folder, site_url, replace, verbosity, **options):
        address = urlsplit(site_url)
        if address.scheme not in {"http", "https"} or not address.hostname or address.query or address.fragment:
            raise CommandError(f"--site-url is an address as in https://www.example.org/archive, not “{site_url}”.")
        try:
            static(OWN_SCRIPT)
        except ValueError:
            raise CommandError(
                "The static files are those of another version. Run `manage.py prepare` first."
            ) from None
        folder = folder.absolute()
        try:
            folders.check_place(folder, FORMAT, replace=replace)
            with folders.beside(folder) as unfinished:
                outcome = self.export(unfinished, site_url, verbosity)
                folders.put(unfinished, folder)
        except (folders.Refused, SiteBroke) as error:
            raise CommandError(f"Nothing was exported. {error}") from error
        except OSError as error:
            raise CommandError(f"Nothing was exported: {error}") from error
        if verbosity:
            self.tell(folder, outcome)
        if outcome.broken:
            shown = "\n".join(map(str, outcome.broken[:SHOWN]))
            raise CommandError(
                f"{folder} is written, but {len(outcome.broken)} links in it are broken (all of them stand in "
                f"{folders.MANIFEST}):\n{shown}"
            )

    def export(self, unfinished, site_url, verbosity):
        bar = ProgressBar(self.stderr, 1)
        step = ""

        def on_step(name, done, total):
            nonlocal step, bar
            if name != step:
                bar.clear()
                if verbosity:
                    self.stdout.write(f"{name} …")
                    self.stdout.flush()
                step, bar = name, ProgressBar(self.stderr, total)
            bar.total = max(total, 1)
            bar.show(done)

        outcome = Export(unfinished, site_url, timezone.now(), on_step).write()
        bar.clear()
        return outcome

    def tell(self, folder, outcome):
        self.stdout.write(
            f"{folder}\n{outcome.files} files: {outcome.pages} pages, {outcome.redirects} former addresses, "
            f"{outcome.texts_in_search} texts in the search"
        )
        if outcome.missing:
            self.stdout.write(f"{len(outcome.missing)} addresses that pages link to are not there on the site itself:")
            for address, page in list(outcome.missing.items())[:SHOWN]:
                self.stdout.write(f"  {address} (linked from {page})")
        if not outcome.broken:
            self.stdout.write("All links lead to a file: none is broken.")
