from django.core.management.base import BaseCommand

from newsletter.retention import prune_subscribers


class Command(BaseCommand):
    help = "Deletes sign-ups not confirmed within 7 days and hashes of IP addresses older than 30. Run it daily."

    def handle(self, **options):
        counts = prune_subscribers()
        self.stdout.write(f"{counts['unconfirmed']} unconfirmed sign-ups and {counts['ip_hashes']} hashes deleted.")
