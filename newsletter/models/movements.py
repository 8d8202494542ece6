"""How many readers came and went: numbers that outlive the readers they are about."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MovementQuerySet(models.QuerySet):
    def by_issue(self, issues) -> dict[int, dict[str, int]]:
        """{issue's id: {kind: how many}}, of these issues. One query, however many they are."""
        rows = self.filter(issue__in=issues).order_by().values_list("issue", "kind").annotate(models.Sum("count"))
        found: dict[int, dict[str, int]] = {}
        for issue, kind, count in rows:
            found.setdefault(issue, {})[kind] = count
        return found

    def by_month(self, since) -> dict[tuple[int, int], dict[str, int]]:
        """{(year, month): {kind: how many}}, from a day on, of months in which there was any. One query."""
        rows = self.filter(day__gte=since).order_by().values_list("day__year", "day__month", "kind")
        found: dict[tuple[int, int], dict[str, int]] = {}
        for year, month, kind, count in rows.annotate(models.Sum("count")):
            found.setdefault((year, month), {})[kind] = count
        return found


class Movement(models.Model):
    """On this day so many readers did this. It names nobody, so it stays when they are erased.

    `issue` is, for those who joined, the issue that had last gone out; for those who left or cannot be reached any
    more, the last one that they got; for letters that came back, the one that did.
    """

    class Kind(models.TextChoices):
        JOINED = "joined", pgettext_lazy("readers of the newsletter", "joined")
        LEFT = "left", pgettext_lazy("readers of the newsletter", "left")
        UNREACHABLE = "unreachable", pgettext_lazy("readers of the newsletter", "unreachable")
        CAME_BACK = "came_back", pgettext_lazy("letters of the newsletter", "came back")

    day = models.DateField()
    kind = models.CharField(max_length=11, choices=Kind)
    issue = models.ForeignKey("newsletter.Issue", models.SET_NULL, null=True, related_name="movements")
    count = models.PositiveIntegerField(default=1)

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("movement of readers")
        verbose_name_plural = _("movements of readers")
        indexes = [
            models.Index(name="newsletter_movement_by_day", fields=["day", "kind", "count"]),
            models.Index(name="newsletter_movement_by_issue", fields=["issue", "kind", "count"]),
        ]

    def __str__(self):
        return f"{self.day} {self.kind}: {self.count}"

    @classmethod
    def record(cls, kind: str, issue: int | None = None, count: int = 1) -> None:
        """Within the transaction of what it tells of, so that neither is without the other."""
        if count:
            cls.objects.create(day=timezone.localdate(), kind=kind, issue_id=issue, count=count)
