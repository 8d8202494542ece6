from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from translations.exchange import files
from translations.exchange.selection import WANTED, texts_for
from translations.kinds import kinds
from translations.models import State
from translations.texts import ALL_LANGUAGES


def listed(known):
    def parse(text):
        chosen = [word.strip() for word in text.split(",") if word.strip()]
        if unknown := [word for word in chosen if word not in known]:
            raise CommandError(f"Unknown: {', '.join(unknown)}. There are: {', '.join(known)}.")
        return chosen

    return parse


class Command(BaseCommand):
    help = (
        "Writes the texts that wait for a translator to a file: XLIFF 2.0 for translators' tools, CSV for "
        "spreadsheets. XLIFF has one source language a file; where items were written in several, the language is "
        "put into the name: for-lyon.en.xlf, for-lyon.es.xlf."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", required=True, choices=ALL_LANGUAGES, help="translate into this one")
        parser.add_argument("--source", choices=ALL_LANGUAGES, default="", help="only items written in this one")
        parser.add_argument("--state", type=listed(State.values), default=list(WANTED), help="default: missing,stale")
        parser.add_argument("--kind", type=listed(list(kinds())), help="for example agenda.event,news.post")
        parser.add_argument("--format", choices=files.FORMATS, help="default: by the ending of FILE, else xliff")
        parser.add_argument(
            "--one-segment", action="store_true", help="XLIFF for tools that know only one segment a unit"
        )

    def handle(self, *, file, language, source, state, kind, one_segment, verbosity, **options):
        form = options["format"] or ("csv" if file.suffix.lower() == ".csv" else "xliff")
        texts = list(texts_for(language, states=state, names=kind, source=source))
        if not texts:
            raise CommandError("No text is in that state; nothing was written.")
        built = files.build(texts, form, in_one=one_segment)
        for code, content in built.items():
            target = file if len(built) == 1 else file.with_name(f"{file.stem}.{code}{file.suffix}")
            try:
                target.write_bytes(content)
            except OSError as error:
                raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
            if verbosity:
                self.stdout.write(f"{target}: {len(content)} bytes")
        if verbosity:
            self.stdout.write(f"{len(texts)} texts of {len({text.name for text in texts})} items.")
