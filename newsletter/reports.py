"""What became of each issue, and how the readers come and go: counted without watching anybody read.

Nothing here is told by a letter: no opens, no clicks. Numbers come from deliveries and movements, which stay when
readers are erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone

from newsletter.models import Delivery, Issue, Movement, Subscriber

Kind = Movement.Kind


@dataclass(frozen=True)
class IssueReport:
    """`bounced` are letters that were refused or came back; `left` are readers whose last letter it was, and
    `unreachable` those whom it could not reach; `joined` did so between it and the next.
    """

    issue: Issue
    sent: int
    bounced: int
    left: int
    unreachable: int
    joined: int


@dataclass(frozen=True)
class MonthReport:
    first_day: date
    joined: int
    left: int
    unreachable: int

    @property
    def gone(self) -> int:
        return self.left + self.unreachable


def reports_on(issues: Iterable[Issue]) -> list[IssueReport]:
    """In the order given. Two queries, whatever the number of issues and of readers."""
    issues = list(issues)
    delivered: dict[int, dict[str, int]] = {}
    rows = Delivery.objects.filter(issue__in=issues).order_by().values_list("issue", "state")
    for issue, state, count in rows.annotate(models.Count("pk")):
        delivered.setdefault(issue, {})[state] = count
    moved = Movement.objects.by_issue(issues)
    return [report_on(issue, delivered.get(issue.pk, {}), moved.get(issue.pk, {})) for issue in issues]


def report_on(issue: Issue, delivered: dict[str, int], moved: dict[str, int]) -> IssueReport:
    came_back = moved.get(Kind.CAME_BACK, 0)
    return IssueReport(
        issue,
        sent=delivered.get(Delivery.State.SENT, 0),
        bounced=delivered.get(Delivery.State.REFUSED, 0) + came_back,
        left=moved.get(Kind.LEFT, 0),
        unreachable=moved.get(Kind.UNREACHABLE, 0),
        joined=moved.get(Kind.JOINED, 0),
    )


def last_months(count: int, today: date | None = None) -> list[MonthReport]:
    """The last so many calendar months with the present one, oldest first, by the secretariat's clock. One query."""
    today = today or timezone.localdate()
    months = list(months_before(today, count))[::-1]
    first = date(*months[0], 1)
    found = Movement.objects.by_month(first)
    return [
        MonthReport(
            date(*month, 1),
            joined=found.get(month, {}).get(Kind.JOINED, 0),
            left=found.get(month, {}).get(Kind.LEFT, 0),
            unreachable=found.get(month, {}).get(Kind.UNREACHABLE, 0),
        )
        for month in months
    ]


def months_before(day: date, count: int) -> Iterator[tuple[int, int]]:
    """(year, month) of the day's month and those before it, newest first."""
    year, month = day.year, day.month
    for _number in range(count):
        yield year, month
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)


def readers_now() -> int:
    return Subscriber.objects.confirmed().count()
