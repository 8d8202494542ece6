"""What editors keep around an item: a copy to work on, and links by which others may see a draft."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

PERSON = {"to": settings.AUTH_USER_MODEL, "on_delete": models.SET_NULL, "null": True, "related_name": "+"}


class OfItemQuerySet(models.QuerySet):
    def of(self, item):
        """Those of one item, whatever its kind."""
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)


class Failure(models.TextChoices):
    """Why a working copy could not go public."""

    ITEM_GONE = "item_gone", _("The item was deleted.")
    NO_RIGHT = "no_right", _("Whoever scheduled it may no longer change this item.")
    INVALID = "invalid", _("Something is missing or wrong in it. Open the working copy to see what.")
    BROKEN = (
        "broken",
        _("Something went wrong on the server, and the webmaster finds it in the log. Try to publish it by hand."),
    )
    PUBLIC_CHANGED = (
        "public_changed",
        _("The public version was changed since. Compare the two, then publish or schedule it again."),
    )


class WorkingCopy(models.Model):
    """The form of an item as somebody left it with "Save draft": what was typed, valid or not. One for each item.

    Without an item's id it is an item that was begun and could not be saved yet.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField(null=True)
    # See `desk.kept_forms`: what a browser sent, and which fields the form had then.
    data = models.JSONField()
    title = models.CharField(max_length=200, blank=True)
    # Raised at each save; who saves names the one that they had before them, and nobody's work is overwritten unseen.
    version = models.PositiveIntegerField(default=1)
    # What the public version was when the copy was begun, or when somebody last compared the two and said go.
    live_digest = models.CharField(max_length=40, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(**PERSON)
    publish_at = models.DateTimeField(_("publish on"), null=True, blank=True)
    scheduled_by = models.ForeignKey(**PERSON)
    # The language of their desk then, in which they are told should it fail.
    scheduled_in = models.CharField(max_length=5, blank=True, default="")
    # Why it could not go public at its moment; empty while all is well.
    failure = models.CharField(max_length=20, choices=Failure, blank=True)

    objects = OfItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="one_working_copy_per_item")]
        indexes = [models.Index(fields=["publish_at"], condition=models.Q(failure=""), name="working_copy_due")]

    def __str__(self):
        return self.title


class DraftLink(models.Model):
    """An address under which somebody without an account sees an item's draft or working copy for some days."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    # Who reads the database, or a copy of it, cannot open the link.
    token_hash = models.CharField(max_length=64, unique=True)
    note = models.CharField(_("for whom"), max_length=100, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(**PERSON)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    objects = OfItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")
        indexes = [models.Index(fields=["content_type", "object_id"], name="draft_link_of_item")]

    def __str__(self):
        return self.note


class ListedItem(models.Model):
    """What the admin's lists look for in an item, without the item: kept by the database itself.

    `kind` and `item` name it: "agenda.event", 12. See `desk.listed_items`.
    """

    kind = models.CharField(max_length=60)
    item = models.BigIntegerField()
    # The texts that are searched, a line each.
    text = models.TextField()
    # The languages that it has a title in, each between spaces: " en  ca ".
    languages = models.CharField(max_length=200)
    # Whether `text` is already spelled as `publishing.plain_text` spells it.
    is_plain = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "item"], name="listed_item_once")]
        indexes = [models.Index(fields=["kind"], condition=models.Q(is_plain=False), name="listed_item_to_spell")]

    def __str__(self):
        return f"{self.kind} {self.item}"


class LettersToStaff(models.Model):
    """Which letters of the site somebody of its staff wants, and in which language: see `desk.letters_to_staff`."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters", verbose_name=_("user"), editable=False
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("In which the site writes to you. That of the desk itself is your browser’s."),
    )
    proposals = models.BooleanField(
        _("proposals for the front page"),
        default=True,
        help_text=_("That there is one to decide, if you decide them; what became of yours, if you made one."),
    )
    translations = models.BooleanField(
        _("once a week, what waits for a translation"),
        default=True,
        help_text=_("On Mondays, for translators, and only if there is something in your languages."),
    )
    # So that nobody is told twice on one day.
    told_of_translations = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("letters to staff")
        verbose_name_plural = _("letters to staff")

    def __str__(self):
        return f"{self.user_id}: {self.language}"
