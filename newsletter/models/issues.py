"""An issue of the newsletter: what editors compose, approve and send."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from publishing.rich_text import RichTextField
from translations.models import Translated


class IssueQuerySet(models.QuerySet):
    def archived(self):
        """Those that readers may read on the site: sent, or on their way."""
        return self.filter(number__isnull=False).order_by("-number")


class Issue(Translated):
    """One issue, in every language of the site. What it holds is a list of parts, see `IssuePart`."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being composed")
        APPROVED = "approved", pgettext_lazy("issue of the newsletter", "approved")
        SENDING = "sending", _("being sent")
        PAUSED = "paused", _("paused")
        SENT = "sent", _("sent")
        CANCELLED = "cancelled", _("cancelled")

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("all readers")
        EACH_ISSUE = "each_issue", _("readers of every issue")
        MONTHLY = "monthly", _("readers of the monthly digest")

    class Untranslated(models.TextChoices):
        ORIGINAL = "original", _("in its original language, marked as such")
        LEFT_OUT = "left_out", _("left out")

    subject = models.CharField(_("subject"), max_length=150)
    preview_text = models.CharField(
        _("first words"),
        max_length=150,
        blank=True,
        help_text=_("What mail programs show beside the subject. Empty: the beginning of the letter."),
    )
    intro = RichTextField(_("introduction"), blank=True)
    audience = models.CharField(_("who gets it"), max_length=10, choices=Audience, default=Audience.EVERYBODY)
    untranslated = models.CharField(
        _("what a language lacks"), max_length=10, choices=Untranslated, default=Untranslated.ORIGINAL
    )
    period_start = models.DateTimeField(_("what was published since"), null=True, blank=True)
    period_end = models.DateTimeField(_("until"), null=True, blank=True)
    send_at = models.DateTimeField(
        _("send at"), null=True, blank=True, help_text=_("Empty: as soon as somebody presses “send”.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    # Given when the sending begins and never again to another issue: the archive's address.
    number = models.PositiveIntegerField(_("number"), null=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("approved by"),
    )
    started_at = models.DateTimeField(_("sending began"), null=True, editable=False)
    finished_at = models.DateTimeField(_("sending ended"), null=True, editable=False)
    # Why letters wait, as the mail server said it; empty when all is well.
    trouble = models.CharField(_("trouble"), max_length=300, blank=True, editable=False)

    title_field = "subject"
    # Of the column, on both databases.
    LARGEST_NUMBER = 2**31 - 1

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue of the newsletter")
        verbose_name_plural = _("issues of the newsletter")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="newsletter_issue_period_in_order",
                condition=models.Q(period_start__isnull=True)
                | models.Q(period_end__isnull=True)
                | models.Q(period_end__gt=models.F("period_start")),
                violation_error_message=_("The period has to end after it begins."),
            ),
            models.CheckConstraint(
                name="newsletter_issue_sent_has_number",
                condition=~models.Q(state__in=["sending", "paused", "sent"]) | models.Q(number__isnull=False),
            ),
        ]

    def __str__(self):
        return self.subject

    def save(self, **kwargs):
        # A form saves what editors write. The rest belongs to the sending, and may have changed meanwhile.
        if self.pk and not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = [
                field.name for field in self._meta.concrete_fields if field.editable and not field.primary_key
            ]
        super().save(**kwargs)

    def get_absolute_url(self):
        """Its page in the archive; an issue that has no number yet has none, and leads to the list."""
        if self.number is None:
            return reverse("newsletter:issue_list")
        return reverse("newsletter:issue_detail", kwargs={"number": self.number})

    @property
    def sent_on(self):
        """The day on which it began to go out, by the secretariat's clock; None before."""
        return self.started_at and timezone.localdate(self.started_at)

    @property
    def is_open_to_translators(self):
        """What was approved goes out as it was approved; in the archive, languages may be added."""
        return self.state in (self.State.DRAFT, self.State.SENT)

    @property
    def is_draft(self):
        """Only then may anything in it be changed."""
        return self.state == self.State.DRAFT


class IssuePart(Translated):
    """One item in an issue, or one that the editor dropped: then it is not proposed again."""

    class Section(models.TextChoices):
        DATES = "dates", _("Next dates")
        NEWS = "news", _("News")
        FOCUS = "focus", _("Focus Experience")
        BANK = "bank", _("From the Bank of Experiences")
        PUBLICATIONS = "publications", _("Publications")
        NETWORKS = "networks", _("From the networks")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="parts", verbose_name=_("issue"))
    section = models.CharField(_("section"), max_length=20, choices=Section)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    item = GenericForeignKey()
    is_kept = models.BooleanField(_("in the letter"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("A sentence of yours above the item, in each language.")
    )

    title_field = "note"

    class Meta:
        verbose_name = _("part of an issue")
        verbose_name_plural = _("parts of an issue")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "content_type", "object_id"], name="newsletter_part_once")
        ]

    def __str__(self):
        return str(self.item or self.note)

    @property
    def is_open_to_translators(self):
        """Its note is frozen with the issue."""
        return self.issue.is_open_to_translators
