"""The letters of an issue, as bytes: rendered once for all processes, encoded once for each."""

from __future__ import annotations

from functools import lru_cache

from django.utils import timezone

from newsletter.letter_addresses import addresses_of
from newsletter.letter_text import render
from newsletter.models import Issue, Letter
from newsletter.wire import Wire, wire_of

# Of 30 KB each; readers of one kind do not follow each other, but kinds are few.
KEPT = 200


class Letters:
    def __init__(self, issue: Issue):
        self.issue = issue
        self.wire = lru_cache(maxsize=KEPT)(self.make_wire)

    def make_wire(self, letter_id: int) -> Wire | None:
        """None where nothing is left to say: the items were taken back since the letter was planned."""
        letter = Letter.objects.get(pk=letter_id)
        if letter.rendered_at is None:
            self.render(letter)
        if not letter.html:
            return None
        return wire_of(letter, leave_url=addresses_of(self.issue, letter.language)["leave"])

    def render(self, letter: Letter) -> None:
        rendered = render(self.issue, letter.language, letter.parts)
        if rendered is not None:
            letter.subject, letter.text, letter.html = rendered.subject, rendered.text, rendered.html
        letter.rendered_at = timezone.now()
        fields = ["subject", "text", "html", "rendered_at"]
        # Of two who render at once, the first one's letter is everybody's.
        values = {name: getattr(letter, name) for name in fields}
        if not Letter.objects.filter(pk=letter.pk, rendered_at=None).update(**values):
            letter.refresh_from_db(fields=fields)
