"""Letters that came back, and addresses that must not be written to again."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Bounce(models.Model):
    """What a mail server or a provider reported about a letter to a reader (RFC 3464 and its like)."""

    class Kind(models.TextChoices):
        HARD = "hard", _("cannot be delivered")
        SOFT = "soft", _("could not be delivered for now")
        COMPLAINT = "complaint", _("complaint")

    subscriber = models.ForeignKey(
        "newsletter.Subscriber", models.CASCADE, related_name="bounces", verbose_name=_("reader")
    )
    issue = models.ForeignKey(
        "newsletter.Issue", models.SET_NULL, null=True, related_name="bounces", verbose_name=_("issue")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    status = models.CharField(_("status code"), max_length=20, blank=True)
    report = models.CharField(_("report"), max_length=300, blank=True)
    # Names the report where it came from, so that the same one counts once however often it is told.
    source_id = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("bounced letter")
        verbose_name_plural = _("bounced letters")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.subscriber_id}: {self.kind}"


class Suppressed(models.Model):
    """An address that is not written to any more, known by a keyed hash only."""

    class Reason(models.TextChoices):
        ERASED = "erased", _("erased at the reader’s wish")
        COMPLAINT = "complaint", _("complaint")
        BOUNCED = "bounced", _("cannot be delivered")

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.digest[:8]}… ({self.reason})"
