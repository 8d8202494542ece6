from django.core.management.base import BaseCommand, CommandError

from newsletter.joining import renew_links
from newsletter.models import Subscriber

PORTION = 500


class Command(BaseCommand):
    help = (
        "Ends the links in the letters of readers. The link to a reader’s own page is renewed; the one to leave, "
        "which mail programs know from letters that were sent, only with --leaving. One reader gets them by mail."
    )

    def add_arguments(self, parser):
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--email", help="of one reader")
        who.add_argument("--all", action="store_true", help="of all: the next letter brings them the new links")
        parser.add_argument("--leaving", action="store_true", help="the link to leave as well")

    def handle(self, *, email, leaving, **options):
        if email:
            reader = Subscriber.objects.filter(email__lower=email.lower()).first()
            if reader is None:
                raise CommandError("No reader has this address.")
            renew_links(reader, leaving=leaving)
            self.stdout.write("Renewed, and sent by mail if the reader is on the list.")
            return
        count = 0
        for reader in Subscriber.objects.order_by("pk").only("pk").iterator(chunk_size=PORTION):
            reader.rotate_links(leaving=leaving)
            count += 1
        self.stdout.write(f"The links of {count} readers were renewed.")
