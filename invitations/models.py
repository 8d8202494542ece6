"""Invitations: somebody is to have an account, and sets its password themselves by a link that works once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

VALID = timedelta(days=7)


def new_nonce() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted nor revoked; the link of some may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def acceptable(self):
        return self.open().filter(expires_at__gt=timezone.now())


class Invitation(models.Model):
    email = models.EmailField(_("e-mail"), max_length=150)  # it becomes the name to sign in with
    role = models.ForeignKey("auth.Group", models.CASCADE, related_name="+", verbose_name=_("role"))
    networks = models.ManyToManyField(
        "networks.Network",
        blank=True,
        related_name="+",
        verbose_name=_("networks"),
        help_text=_("Whose items this person may see and edit. None: everything that the role allows."),
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("Of the invitation, and of what the site writes to this person later."),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False, verbose_name=_("by")
    )
    # The link holds a keyed hash of it, so whoever reads the database alone cannot follow it. A new one ends the old.
    nonce = models.CharField(max_length=64, default=new_nonce, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"), editable=False)
    accepted_at = models.DateTimeField(pgettext_lazy("invitation", "accepted"), null=True, editable=False)
    revoked_at = models.DateTimeField(pgettext_lazy("invitation", "revoked"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_per_address",
                violation_error_message=_(
                    "This address is invited already: send that invitation again, or revoke it."
                ),
            )
        ]

    def __str__(self):
        return self.email

    def save(self, *args, **kwargs):
        if self.expires_at is None:
            self.expires_at = self.sent_at + VALID
        super().save(*args, **kwargs)

    @property
    def token(self) -> str:
        """What its link holds: 256 bits, in hexadecimal digits."""
        return salted_hmac("invitations", f"{self.pk}:{self.nonce}", algorithm="sha256").hexdigest()

    def is_opened_by(self, token: str) -> bool:
        return constant_time_compare(self.token, token)

    @property
    def state_words(self) -> str:
        if self.accepted_at:
            return str(pgettext_lazy("invitation", "accepted"))
        if self.revoked_at:
            return str(pgettext_lazy("invitation", "revoked"))
        if self.expires_at <= timezone.now():
            return str(pgettext_lazy("invitation", "expired"))
        return str(pgettext_lazy("invitation", "waiting"))

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None

    def renew(self) -> bool:
        """Another link, valid from now; the former one ends. False where it was accepted or revoked meanwhile."""
        now = timezone.now()
        fields = {"nonce": new_nonce(), "sent_at": now, "expires_at": now + VALID}
        return bool(Invitation.objects.open().filter(pk=self.pk).update(**fields))

    def revoke(self) -> bool:
        return bool(Invitation.objects.open().filter(pk=self.pk).update(revoked_at=timezone.now()))

    def claim(self) -> bool:
        """Of two who accept at once with one link, one is told True."""
        ours = Invitation.objects.acceptable().filter(pk=self.pk, nonce=self.nonce)
        return bool(ours.update(accepted_at=timezone.now()))
