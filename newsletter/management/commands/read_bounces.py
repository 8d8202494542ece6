from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsletter.mailboxes import Unusable
from newsletter.reading_bounces import read_mailbox


class Command(BaseCommand):
    help = "Reads reports about letters that came back, and complaints, from the mailbox of BOUNCE_MAILBOX_URL."

    def add_arguments(self, parser):
        parser.add_argument(
            "url", nargs="?", help="another mailbox, written like BOUNCE_MAILBOX_URL (see .env.example)"
        )

    def handle(self, *, url, **options):
        url = url or settings.BOUNCE_MAILBOX_URL
        if not url:
            raise CommandError("No mailbox is named: set BOUNCE_MAILBOX_URL, see .env.example.")
        try:
            counts = read_mailbox(url)
        except Unusable as error:
            raise CommandError(str(error)) from None
        self.stdout.write("{new} new reports, {known} known ones, {other} other messages.".format(**counts))
