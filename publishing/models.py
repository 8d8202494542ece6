"""May the public see this? The one place that answers, for every kind of item."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing import clock


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


def visible(at=None, prefix=""):
    """The condition for "visible" at a moment (aware datetime, now by default).

    `prefix` asks it of a related row: `visible(prefix="experience__")`.
    """
    at = at or clock.now()

    def q(column, value):
        return models.Q(**{prefix + column: value})

    return (
        q("state", State.PUBLISHED)
        & (q("publish_at__isnull", True) | q("publish_at__lte", at))
        & (q("withdraw_at__isnull", True) | q("withdraw_at__gt", at))
    )


class PublishedQuerySet(models.QuerySet):
    def published(self, at=None):
        """Rows that the public may see at a moment.

        Nothing runs when an item's moment comes: the row simply starts to match.
        """
        return self.filter(visible(at))


class Publishable(models.Model):
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(
        _("show from"), null=True, blank=True, help_text=_("Empty: as soon as the state is “published”.")
    )
    withdraw_at = models.DateTimeField(_("show until"), null=True, blank=True, help_text=_("Empty: for good."))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_withdraw_after_publish",
                condition=models.Q(withdraw_at__isnull=True)
                | models.Q(publish_at__isnull=True)
                | models.Q(withdraw_at__gt=models.F("publish_at")),
                violation_error_message=_("“Show until” has to be later than “show from”."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_known", condition=models.Q(state__in=["draft", "published"])
            ),
        ]

    def is_public(self, at=None):
        """The same answer as `published()`, for a row that is already in memory.

        Models whose page depends on another row ask that row too.
        """
        return self.is_released(at)

    def is_released(self, at=None):
        """Whether this row's own state and dates let the public see it, whatever else it depends on."""
        at = at or clock.now()
        return (
            self.state == State.PUBLISHED
            and (self.publish_at is None or self.publish_at <= at)
            and (self.withdraw_at is None or self.withdraw_at > at)
        )

    def publish(self):
        """Public from now on: no moment that was set stands in the way. Returns whether that changed anything."""
        now = timezone.now()
        if self.is_released(now):
            return False
        self.state = State.PUBLISHED
        if self.publish_at and self.publish_at > now:
            self.publish_at = now.replace(second=0, microsecond=0)
        if self.withdraw_at and self.withdraw_at <= now:
            self.withdraw_at = None
        self.save(update_fields=["state", "publish_at", "withdraw_at", "updated_at"])
        return True

    def withdraw(self, moment):
        """Shown until a moment, or no longer. Returns whether that changed anything.

        Not for what is no longer shown by then anyway, nor for what would only show after that moment.
        """
        if self.state != State.PUBLISHED or (self.withdraw_at and self.withdraw_at <= moment):
            return False
        if self.publish_at and self.publish_at >= moment:
            if self.publish_at > timezone.now():
                return False
            # On the site since this very minute: moments have no seconds, and the first has to be the earlier one.
            self.publish_at = moment - timedelta(minutes=1)
        self.withdraw_at = moment
        self.save(update_fields=["publish_at", "withdraw_at", "updated_at"])
        return True

    def take_back(self):
        """A draft again; the moments that were set stay. Returns whether that changed anything."""
        if self.state == State.DRAFT:
            return False
        self.state = State.DRAFT
        self.save(update_fields=["state", "updated_at"])
        return True
