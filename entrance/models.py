"""Who came in, from which browsers they still are, and how often somebody tried."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TrailQuerySet(models.QuerySet):
    """What was written stays as it was until its time is over: see `entrance.retention`."""

    def update(self, **kwargs):
        raise TypeError("The trail is only added to.")

    def delete(self):
        raise TypeError("The trail is only added to.")

    def forget_before(self, moment):
        return self.filter(at__lt=moment)._raw_delete(self.db)


class TrailEntry(models.Model):
    """One act of a member of staff that concerns who may do what, or personal data."""

    class Act(models.TextChoices):
        SIGNED_IN = "signed-in", _("signed in")
        SECOND_STEP = "second-step", _("passed the second step")
        SIGNED_OUT = "signed-out", _("signed out")
        SIGNED_OUT_ELSEWHERE = "signed-out-elsewhere", _("signed out other browsers")
        FAILED = "failed", _("failed to sign in")
        WRONG_CODE = "wrong-code", _("gave a wrong code at the second step")
        LOCKED = "locked", _("was locked out")
        UNLOCKED = "unlocked", _("lifted a lock-out")
        SECOND_STEP_ON = "second-step-on", _("switched the second step on")
        SECOND_STEP_OFF = "second-step-off", _("switched the second step off")
        NEW_CODES = "new-codes", _("made new recovery codes")
        CODE_USED = "code-used", _("used a recovery code")
        ROLES = "roles", _("changed somebody’s rights")
        INVITED = "invited", _("invited somebody")
        ACCOUNT = "account", _("made an account")
        PASSWORD = "password", _("set a new password")
        EXPORTED = "exported", _("took personal data along")
        ERASED = "erased", _("erased a reader")

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    act = models.CharField(_("what"), max_length=30, choices=Act.choices)
    # A name and no link: it has to outlive the account.
    actor = models.CharField(_("who"), max_length=150, blank=True)
    about = models.CharField(_("about"), max_length=300, blank=True)
    network = models.CharField(_("from the network"), max_length=50, blank=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of staff")
        verbose_name_plural = _("acts of staff")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.actor}: {self.get_act_display()}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("The trail is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The trail is only added to.")


class SignIn(models.Model):
    """A browser in which somebody is signed in; gone as soon as they are not."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self):
        return f"{self.user_id} {self.browser}"


class RecoveryCode(models.Model):
    """One of those that open the door once when the telephone is lost; kept as a password is."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=128)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.user_id}"


class Count(models.Model):
    """How often something was tried within a time, under a key that tells nothing."""

    key = models.CharField(primary_key=True, max_length=64)
    number = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.key} {self.number}"
