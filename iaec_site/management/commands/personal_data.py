import sys

from django.core.management.base import BaseCommand
from django.db.models import Min
from django.utils import timezone

from iaec_site.personal_data import DATA, as_table
from iaec_site.terms import GRACE


class Command(BaseCommand):
    help = (
        "Lists every personal datum with the number of its rows, the oldest one, and how many have outlived their "
        "term. Exit code 1 if any has: then the worker does not do its work."
    )

    def add_arguments(self, parser):
        parser.add_argument("--table", action="store_true", help="only print the table of docs/privacy.md")

    def handle(self, *, table, **options):
        if table:
            self.stdout.write(as_table(), ending="")
            return
        now, broken = timezone.now(), 0
        self.stdout.write(f"{'rows':>8} {'oldest':10} {'too old':>8}  what (for how long)")
        for one in DATA:
            rows = one.rows
            oldest = rows.aggregate(oldest=Min(one.moment))["oldest"] if one.moment else None
            over = one.over(rows, now - GRACE).count() if one.over else 0
            broken += over
            day = f"{oldest:%Y-%m-%d}" if oldest else "–"
            self.stdout.write(f"{rows.count():8} {day:10} {over:8}  {one.what} ({one.term})")
        if broken:
            self.stderr.write(f"{broken} rows have outlived their term. Does the background worker run?")
            sys.exit(1)
        self.stdout.write("Nothing has outlived its term.")
