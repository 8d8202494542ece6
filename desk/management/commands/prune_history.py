from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from desk.history.pruning import forget, prune


class Command(BaseCommand):
    help = (
        "Thins out versions that are older than HISTORY_DAYS; the site does so by itself once a week. "
        "`--item news.post:12` erases the whole history of one item, as when somebody withdraws their consent."
    )

    def add_arguments(self, parser):
        parser.add_argument("--item", help="kind and number of the only item whose history goes, all of it")

    def handle(self, *, item, **options):
        if item is None:
            count = prune()
        else:
            kind, _colon, number = item.partition(":")
            try:
                model = apps.get_model(kind)
            except (LookupError, ValueError):
                model = None
            if model is None or not number.isdecimal():
                raise CommandError(f"“{item}” is no item: write its kind and number, as in news.post:12.")
            count = forget(model, int(number))
        self.stdout.write(f"{count} versions deleted.")
