"""Subscribers and their consent."""

import secrets
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.models.movements import Movement
from translations.models import Translated

CONFIRMATION_VALID = timedelta(days=7)
IP_HASH_KEPT = timedelta(days=30)


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

    def pending(self):
        return self.filter(state=Subscriber.State.PENDING)

    def confirmable(self):
        """Sign-ups whose link still works."""
        return self.pending().filter(signed_up_at__gte=timezone.now() - CONFIRMATION_VALID)

    def expired(self):
        """Sign-ups that nobody confirmed in time; `prune_subscribers` deletes them."""
        return self.pending().filter(signed_up_at__lt=timezone.now() - CONFIRMATION_VALID)

    def with_old_ip_hash(self):
        return self.exclude(ip_hash="").filter(signed_up_at__lt=timezone.now() - IP_HASH_KEPT)


class Subscriber(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        LEFT = "left", _("left")
        BOUNCED = "bounced", _("unreachable")

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
    # One token for one purpose: the link that confirms cannot be used to leave, nor the other way round.
    confirmation_token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    leaving_token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    preferences_token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    # Empty for a reader who was brought in from elsewhere; then `consent_source` says where the consent is on record.
    consent = models.ForeignKey(
        ConsentText, models.PROTECT, null=True, related_name="subscribers", verbose_name=_("consent"), editable=False
    )
    consent_language = models.CharField(_("language of the consent"), max_length=5, editable=False)
    consent_source = models.CharField(_("source of the consent"), max_length=300, blank=True, editable=False)
    imported_at = models.DateTimeField(_("imported"), null=True, editable=False)
    source_path = models.CharField(_("signed up on"), max_length=300, blank=True, editable=False)
    ip_hash = models.CharField(max_length=64, blank=True, editable=False)
    signed_up_at = models.DateTimeField(_("signed up"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, editable=False)
    # When the last letter about a sign-up was sent off in the present state: a stranger who types
    # in somebody's address again and again must not fill that person's inbox.
    letter_sent_at = models.DateTimeField(null=True, editable=False)
    # Letters in a row that came back for the time being; one that arrives sets it to zero.
    soft_bounces = models.PositiveSmallIntegerField(_("letters in a row that came back"), default=0, editable=False)

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
            models.CheckConstraint(
                name="subscriber_has_a_proof_of_consent",
                condition=models.Q(consent__isnull=False) | ~models.Q(consent_source=""),
            ),
        ]

    def __str__(self):
        return self.email

    def confirm(self):
        """The reader pressed the button behind the link in the mail. True for the first of two presses only."""
        now = timezone.now()
        with transaction.atomic():
            is_new = self.change_state(
                {self.State.PENDING}, state=self.State.CONFIRMED, confirmed_at=now, soft_bounces=0
            )
            if is_new:
                Movement.record(Movement.Kind.JOINED, newest_issue())
        return is_new

    def leave(self):
        """True for the first of two presses only."""
        gone = {"state": self.State.LEFT, "left_at": timezone.now()}
        with transaction.atomic():
            if self.change_state({self.State.CONFIRMED}, **gone):
                Movement.record(Movement.Kind.LEFT, self.last_issue())
                return True
            # These got no letters, so nobody is counted who stops getting them.
            return self.change_state({self.State.PENDING, self.State.BOUNCED}, **gone)

    def give_up(self):
        """Letters cannot be delivered: none is sent any more. True where that is news."""
        with transaction.atomic():
            is_news = self.change_state({self.State.CONFIRMED}, state=self.State.BOUNCED)
            if is_news:
                Movement.record(Movement.Kind.UNREACHABLE, self.last_issue())
        return is_news

    def last_issue(self) -> int | None:
        """The last one that went to this reader, whether or not it arrived."""
        tried = self.deliveries.filter(state__in=["sent", "refused", "uncertain"]).order_by("-pk")
        return tried.values_list("issue", flat=True).first()

    def rotate_links(self, *, leaving: bool):
        """A new address of the reader's own page and, where wanted, of the one to leave.

        The latter stands in the heads of letters that were sent, where mail programs look for it.
        """
        fields = {"preferences_token": new_token()} | ({"leaving_token": new_token()} if leaving else {})
        Subscriber.objects.filter(pk=self.pk).update(**fields)
        for name, token in fields.items():
            setattr(self, name, token)

    def sign_up_again(self, **fields):
        """For somebody who has not confirmed yet, has left or could not be reached: the newest choices count."""
        if self.state in (self.State.LEFT, self.State.BOUNCED):
            # Confirmation links of the first time must not bring back a reader who left.
            fields |= {"state": self.State.PENDING, "confirmation_token": new_token(), "confirmed_at": None}
            fields |= {"left_at": None, "letter_sent_at": None, "imported_at": None, "consent_source": ""}
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=fields.keys())

    def claim_letter(self, pause):
        """May a letter about a sign-up go out now? Of any number who ask at once, one is told yes."""
        now = timezone.now()
        due = models.Q(letter_sent_at__isnull=True) | models.Q(letter_sent_at__lte=now - pause)
        return bool(Subscriber.objects.filter(due, pk=self.pk).update(letter_sent_at=now))

    def change_state(self, allowed, **fields):
        fields["letter_sent_at"] = None
        row = Subscriber.objects.filter(pk=self.pk)
        changed = bool(row.filter(state__in=allowed).update(**fields))
        # Nothing is left to read of a reader who is erased at this moment.
        for name, value in (row.values(*fields).first() or {}).items():
            setattr(self, name, value)
        return changed


def newest_issue() -> int | None:
    """The issue that was the last to go out."""
    return apps.get_model("newsletter.Issue").objects.archived().values_list("pk", flat=True).first()


# `filter(email__lower=…)`: asks for the very expression that the unique index is on.
Subscriber._meta.get_field("email").register_lookup(Lower)
