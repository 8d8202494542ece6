import sys

from django.core.management.base import BaseCommand
from django.utils.translation import override

from checks.following import follow
from checks.site import check_site, note_external_addresses


class Command(BaseCommand):
    help = (
        "Looks for faults in everything that is public or will be: missing alternative texts, links that lead nowhere "
        "and more. Says them by item and ends with 1 if there are errors; advice alone is no error."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--external", action="store_true", help="also ask other sites whether the pages linked to are there"
        )
        parser.add_argument("--errors-only", action="store_true", help="leave advice out of what is printed")
        parser.add_argument("--language", default="en", help="in which language to say it (default: en)")

    def handle(self, *, external, errors_only, language, verbosity, **options):
        if external:
            self.say(f"Asking {note_external_addresses()} addresses on other sites …", verbosity)
            follow(after=lambda row: self.say(f"  {row.problem or row.status}  {row.address}", verbosity))
        errors = advice = items = 0
        with override(language):
            for item, found in check_site(after_portion=self.progress if verbosity else None):
                items += 1
                shown = [one for one in found if one.is_error or not errors_only]
                errors += sum(one.is_error for one in found)
                advice += sum(not one.is_error for one in found)
                if shown and verbosity:
                    self.clear_progress()
                    self.stdout.write(f"{item._meta.label} {item.pk}: {item}")
                    for one in shown:
                        place = f" [{one.place}]" if one.place else ""
                        self.stdout.write(f"  {one.severity.label}{place}: {one.text}")
        self.clear_progress()
        self.stdout.write(f"{items} items looked at: {errors} errors, {advice} pieces of advice.")
        if errors:
            sys.exit(1)

    def say(self, line, verbosity):
        if verbosity:
            self.stdout.write(line)
            self.stdout.flush()

    done = 0

    def progress(self, model, count):
        """On a terminal only, in a line of its own that is written over."""
        self.done += count
        if self.stderr.isatty():
            self.stderr.write(f"\r{self.done} items, now {model._meta.label} …   ", ending="")
            self.stderr.flush()

    def clear_progress(self):
        if self.done and self.stderr.isatty():
            self.stderr.write("\r" + " " * 60 + "\r", ending="")
