"""Subscribers and their consent. Issues and letters come with the sending of the newsletter."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from translations.models import Translated


class ConsentText(Translated):
    """The sentence that a subscriber agrees to. A version once agreed to is not edited but followed by a new one."""

    version = models.SlugField(_("version"), unique=True)
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    title_field = "text"

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.version


def new_token():
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


class SubscriberQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(state=Subscriber.State.CONFIRMED)


class Subscriber(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        LEFT = "left", _("left")

    class Frequency(models.TextChoices):
        EACH_ISSUE = "each_issue", _("every issue")
        MONTHLY = "monthly", _("one digest a month")

    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    networks = models.ManyToManyField(
        "networks.Network", blank=True, related_name="subscribers", verbose_name=_("networks")
    )
    themes = models.ManyToManyField(
        "experiences.Theme", blank=True, related_name="subscribers", verbose_name=_("themes")
    )
    frequency = models.CharField(_("frequency"), max_length=20, choices=Frequency, default=Frequency.EACH_ISSUE)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING, editable=False)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    consent = models.ForeignKey(
        ConsentText, models.PROTECT, related_name="subscribers", verbose_name=_("consent"), editable=False
    )
    consent_language = models.CharField(_("language of the consent"), max_length=5, editable=False)
    source_path = models.CharField(_("signed up on"), max_length=300, blank=True, editable=False)
    signed_up_at = models.DateTimeField(_("signed up"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-signed_up_at"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_subscriber_per_address"),
            models.CheckConstraint(
                name="confirmed_subscriber_has_a_moment",
                condition=~models.Q(state="confirmed") | models.Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.email

    def confirm(self):
        """The reader pressed the button behind the link in the mail. Doing it twice changes nothing."""
        if self.state != self.State.CONFIRMED:
            self.state = self.State.CONFIRMED
            self.confirmed_at = timezone.now()
            self.save(update_fields=["state", "confirmed_at"])
