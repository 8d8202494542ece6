"""Calls for candidatures, as the dates of an edition tell them: nothing has to run for one to open or to close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from editions.models import Edition


@dataclass(frozen=True, slots=True)
class Call:
    """A call on a day, by the secretariat's calendar. `opens` is None where nobody said since when it is open."""

    opens: date | None
    until: date
    today: date

    @property
    def is_ahead(self) -> bool:
        return self.opens is not None and self.today < self.opens

    @property
    def is_over(self) -> bool:
        return self.today > self.until

    @property
    def is_open(self) -> bool:
        return not self.is_ahead and not self.is_over

    @property
    def days_left(self) -> int | None:
        """0 on the last day; None unless it is open."""
        return (self.until - self.today).days if self.is_open else None


def call_of(edition: Edition, today: date) -> Call | None:
    """None where no deadline is known, and for an edition that will not be held."""
    if edition.deadline is None or edition.status == Edition.Status.CANCELLED:
        return None
    return Call(edition.call_opened, edition.deadline, today)
