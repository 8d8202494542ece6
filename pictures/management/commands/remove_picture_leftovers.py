from datetime import timedelta

from django.core.management.base import BaseCommand

from pictures.leftovers import KEPT_FOR, remove_leftovers


class Command(BaseCommand):
    help = (
        "Removes files of pictures that were replaced or deleted. The site does so by itself after a month; "
        "`--days 0` removes them now, as when somebody withdraws their consent."
    )

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=KEPT_FOR.days, help="how long they were out of use at least")

    def handle(self, *, days, **options):
        self.stdout.write(f"{remove_leftovers(timedelta(days=days))} files removed.")
