from django.core.management.base import BaseCommand

from iaec_site.tidying import tidy_up


class Command(BaseCommand):
    help = "What `serve` does every hour, for a timer where web server and workers are services of their own."

    def handle(self, **options):
        if count := tidy_up():
            self.stdout.write(f"{count} interrupted background tasks go back into the queue.")
