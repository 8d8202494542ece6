import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from moving_in.importing import Import, Options
from moving_in.kinds import BadMap, Choices, read_map
from moving_in.staging import staged
from moving_in.wxr.laying_out import read_into
from moving_in.wxr.source import Unreadable
from publishing.progress_bar import ProgressBar

CODE = re.compile(r"([A-Za-z_-]{2,12})=([a-z]{2})")


class Command(BaseCommand):
    help = (
        "Moves a WordPress site in: posts, pages, events, categories, pictures, PDF files and old addresses out of "
        "its export (Tools → Export, a WXR file). Begin with --dry-run and read the report. Run it again, after it "
        "was stopped or with a newer export: nothing comes twice, and what editors changed here stays. "
        "See docs/move-in.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, help="the export, in one file or several")
        parser.add_argument("--media", type=Path, metavar="FOLDER", help="a copy of wp-content/uploads")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and keep nothing of it")
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write the whole report there; .json for programs"
        )
        parser.add_argument(
            "--events",
            action="append",
            default=[],
            metavar="CATEGORY",
            help="a category (its slug) whose posts are events; by default those called agenda, events, eventos, …",
        )
        parser.add_argument(
            "--map", type=Path, metavar="FILE", help="which category there is which category or network here"
        )
        parser.add_argument(
            "--language", action="append", default=[], metavar="CODE=LANG", help="a code there and the language here"
        )
        parser.add_argument("--default-language", metavar="LANG", help="of what bears no mark of a language")
        parser.add_argument(
            "--old-host", action="append", default=[], metavar="HOST", help="another name that the old site had"
        )
        parser.add_argument(
            "--keep-public",
            action="store_true",
            help="what was public stays public even where a check finds an error; the report names both",
        )

    def handle(self, *, files, report, verbosity, **options):
        chosen = self.options(**options)
        bars = Bars(self.stderr if verbosity else None)
        if report and not report.parent.is_dir():
            raise CommandError(f"There is no folder {report.parent} for the report.")
        with staged() as staging:
            for file in files:
                try:
                    read_into(staging, file, bars)
                except Unreadable as error:
                    raise CommandError(f"{file.name} was not imported. {error} Nothing was written.") from None
                except OSError as error:
                    raise CommandError(f"{file}: {error.strerror}. Nothing was written.") from None
            Import(staging, chosen, bars).run()
            bars.clear()
            if report:
                with report.open("w", encoding="utf-8") as file:
                    staging.report.write(file, as_json=report.suffix == ".json")
            if verbosity:
                for line in staging.report.lines():
                    self.stdout.write(line)
                if report:
                    self.stdout.write(f"\nThe whole report is in {report}.")
                if chosen.dry_run:
                    self.stdout.write("\nThis was a dry run: nothing was kept.")

    def options(self, *, media, dry_run, events, language, default_language, old_host, keep_public, **rest) -> Options:
        known = dict(settings.LANGUAGES)
        codes = {}
        for one in language:
            match = CODE.fullmatch(one)
            if match is None or match[2] not in known:
                raise CommandError(
                    f"--language {one}: write CODE=LANG, where LANG is a language of the site ({', '.join(known)})."
                )
            codes[match[1]] = match[2]
        if default_language and default_language not in known:
            raise CommandError(f"--default-language {default_language}: the site has {', '.join(known)}.")
        if media and not media.is_dir():
            raise CommandError(f"--media {media}: there is no such folder.")
        choices = Choices()
        if events:
            choices.events = set(events)
        if rest["map"]:
            try:
                read_map(rest["map"], choices)
            except (BadMap, UnicodeDecodeError) as error:
                raise CommandError(f"--map: {error}") from None
            except OSError as error:
                raise CommandError(f"--map {rest['map']}: {error.strerror}.") from None
        hosts = {host.lower().removeprefix("www.") for host in old_host}
        return Options(media, default_language or "", codes, choices, hosts, keep_public, dry_run)


class Bars:
    """A bar for each step."""

    def __init__(self, stream):
        self.stream = stream
        self.step, self.bar = "", None

    def __call__(self, step: str, done: int, total: int) -> None:
        if step != self.step:
            self.clear()
            self.step, self.bar = step, ProgressBar(self.stream, total)
        self.bar.show(done, step)

    def clear(self) -> None:
        if self.bar is not None:
            self.bar.clear()
