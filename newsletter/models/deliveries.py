"""What goes out: one letter for each kind of reader, one delivery for each reader."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sending(models.Model):
    """How far the sending of an issue is. A table of its own: no page is made of what changes by the second."""

    issue = models.OneToOneField("newsletter.Issue", models.CASCADE, related_name="sending", verbose_name=_("issue"))
    # Readers up to this one have their delivery already: queueing goes on from there after an interruption.
    queued_up_to = models.PositiveBigIntegerField(null=True)
    all_queued = models.BooleanField(default=False)
    # The process whose turn it is, and until when: see `newsletter.turns`.
    sender = models.CharField(max_length=32, blank=True)
    sender_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sending of an issue")
        verbose_name_plural = _("sendings of issues")

    def __str__(self):
        return str(self.issue_id)


class Letter(models.Model):
    """An issue as one kind of reader gets it, rendered once.

    Readers of one kind have the same language and see the same parts. What differs between them (the links to leave
    and to change) stands as a placeholder in the texts: see `newsletter.wire`.
    """

    issue = models.ForeignKey("newsletter.Issue", models.CASCADE, related_name="letters", verbose_name=_("issue"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    # Ids of the parts, in their order.
    parts = models.JSONField(default=list)
    # Of the parts: JSON has no equality that both databases agree on.
    parts_digest = models.CharField(max_length=32)
    # Empty until somebody needs the letter.
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    rendered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(fields=["issue", "language", "parts_digest"], name="newsletter_letter_once")
        ]

    def __str__(self):
        return self.subject or f"{self.issue_id} {self.language}"


class DeliveryQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=Delivery.UNFINISHED)


class Delivery(models.Model):
    """One issue's way to one reader. Rows are moved from state to state by `newsletter.dispatch` alone.

    A row in HANDING_OVER was about to be given to the mail server. Where its sender died, nobody can know whether the
    server took the letter: the row becomes UNCERTAIN, and a person decides.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        CLAIMED = "claimed", _("next in turn")
        HANDING_OVER = "handing_over", _("being handed over")
        SENT = "sent", _("sent")
        UNCERTAIN = "uncertain", _("uncertain")
        REFUSED = "refused", _("refused")
        DROPPED = "dropped", _("not sent: left meanwhile")

    UNFINISHED = [State.QUEUED, State.CLAIMED, State.HANDING_OVER]

    issue = models.ForeignKey("newsletter.Issue", models.CASCADE, related_name="deliveries", verbose_name=_("issue"))
    # Empty once the reader was erased; the row still counts.
    subscriber = models.ForeignKey(
        "newsletter.Subscriber", models.SET_NULL, null=True, related_name="deliveries", verbose_name=_("reader")
    )
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries", verbose_name=_("letter"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    due_at = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sender = models.CharField(max_length=32, blank=True)
    changed_at = models.DateTimeField(_("last change"), auto_now=True)
    # What the mail server answered, without the reader's address.
    answer = models.CharField(_("answer of the mail server"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["issue", "subscriber"], name="newsletter_delivery_once_per_reader")
        ]
        indexes = [
            models.Index(
                name="newsletter_delivery_waiting",
                fields=["issue", "due_at", "id"],
                condition=models.Q(state="queued"),
            ),
            models.Index(fields=["issue", "state"], name="newsletter_delivery_counts"),
        ]

    def __str__(self):
        return f"{self.issue_id} → {self.subscriber_id}: {self.state}"

    @classmethod
    def counts_of(cls, issue):
        """{"sent": 120, "uncertain": 1}, in the order of the states; one query, whatever the number of readers."""
        rows = cls.objects.filter(issue=issue).order_by().values_list("state").annotate(models.Count("pk"))
        found = dict(rows)
        return {state.value: found[state.value] for state in cls.State if state.value in found}
