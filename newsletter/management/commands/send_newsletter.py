import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from newsletter.models import Delivery, Issue, Sending
from newsletter.queueing import readers_of
from newsletter.sending_issues import take_a_turn, wake_up
from publishing.progress_bar import ProgressBar

SECONDS_AT_ONCE = 5.0
LONGEST_WAIT = 30.0  # seconds


class Command(BaseCommand):
    help = (
        "Sends the issues that are being sent, at one go and with progress. Not needed where the site's worker runs: "
        "it sends them by itself. Ctrl-C stops at the next letter; whoever goes on later goes on there."
    )

    def add_arguments(self, parser):
        parser.add_argument("number", nargs="?", type=int, help="only the issue of this number")

    def handle(self, *, number, verbosity, **options):
        wake_up()
        issues = Issue.objects.filter(state=Issue.State.SENDING).order_by("number")
        if number is not None:
            issues = issues.filter(number=number)
            if not issues:
                raise CommandError(f"No issue of number {number} is being sent. Start it in the admin first.")
        for issue in issues:
            self.send(issue, self.stderr if verbosity else None)

    next_look = 0.0

    def send(self, issue, stream):
        self.bar = ProgressBar(stream, self.count(issue)[1])
        try:
            while issue.state == Issue.State.SENDING:
                turn = take_a_turn(issue.pk, SECONDS_AT_ONCE, tell=lambda: self.tell(issue))
                issue.refresh_from_db()
                if turn.go_on_at is not None and issue.state == Issue.State.SENDING:
                    self.wait(issue, turn)
                elif issue.state == Issue.State.SENDING:
                    raise CommandError(f"Issue {issue.number} is being sent by another process.")
        finally:
            self.bar.clear()
        self.report(issue)

    def tell(self, issue):
        """Once a second: counting a hundred thousand rows takes longer than sending the next letters."""
        if time.monotonic() < self.next_look:
            return
        self.next_look = time.monotonic() + 1
        done, total = self.count(issue)
        self.bar.total = max(total, 1)
        self.bar.show(done)

    def count(self, issue):
        """Deliveries that found their end, and all there will be; before all are queued, as many as readers."""
        deliveries = Delivery.objects.filter(issue=issue)
        all_queued = Sending.objects.filter(issue=issue, all_queued=True).exists()
        total = deliveries.count() if all_queued else readers_of(issue).count()
        return deliveries.exclude(state__in=Delivery.UNFINISHED).count(), total

    def wait(self, issue, turn):
        seconds = (turn.go_on_at - timezone.now()).total_seconds()
        if turn.server_is_away:
            seconds = max(seconds, 5.0)
            self.stderr.write(f"\nThe mail server takes no letters: {issue.trouble}. Trying again …")
        if seconds > 0:
            done, _total = self.count(issue)
            self.bar.show(done, f"the next is due at {timezone.localtime(turn.go_on_at):%H:%M:%S}")
            time.sleep(min(seconds, LONGEST_WAIT))

    def report(self, issue):
        counts = Delivery.counts_of(issue)
        words = ", ".join(f"{count} {Delivery.State(state).label}" for state, count in counts.items())
        self.stdout.write(f"Issue {issue.number} ({issue.get_state_display()}): {words or 'no reader'}.")
        if issue.state == Issue.State.PAUSED and issue.trouble:
            raise CommandError(f"The mail server refuses: {issue.trouble}. Mend that, then let it go on in the admin.")
