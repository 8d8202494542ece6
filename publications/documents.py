"""The library of documents: each file is one row, whichever publications offer it, and never changes.

A new edition of a text is a new document, chosen in the place of the old one. So what is prepared (a working copy) and
what was (the history) name a file that is what it was.
"""

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pictures.files import files_removed_on_error
from pictures.models import name_from_file
from publications.storing import DocumentFileField, unguessable_name
from publications.uploads import inspected


class TextState(models.TextChoices):
    """Whether search finds the words of a file."""

    WAITING = "waiting", _("being read")
    FOUND = "found", _("found by search")
    NONE = "none", _("has no text, as when it was scanned")
    FAILED = "failed", _("could not be read")


class Document(models.Model):
    file = DocumentFileField(
        _("file"),
        upload_to=unguessable_name,
        help_text=_("PDF, at most 40 MB and 1000 pages, without passwords, programs or attachments."),
    )
    title = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("By which editors find the document; readers never see it. Empty: taken from the file."),
    )
    network = models.ForeignKey(
        "networks.Network",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="own_documents",
        verbose_name=_("network"),
        help_text=_("Whose editors may change it; empty: the secretariat’s alone."),
    )
    # Known when the file has been saved, so they stand after it.
    size = models.PositiveIntegerField(_("size"), default=0, editable=False)  # bytes
    digest = models.CharField(max_length=64, editable=False, db_index=True)  # SHA-256, in hexadecimal
    pages = models.PositiveSmallIntegerField(_("pages"), default=0, editable=False)
    is_tagged = models.BooleanField(_("tagged for screen readers"), default=False, editable=False)
    language_in_file = models.CharField(max_length=300, blank=True, editable=False)
    text_state = models.CharField(
        _("text"), max_length=10, choices=TextState, default=TextState.WAITING, editable=False
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="document_text_state_known", condition=models.Q(text_state__in=TextState.values)
            )
        ]

    def __str__(self):
        return self.title or gettext("Document %(number)s") % {"number": self.pk}

    def save(self, *args, **kwargs):
        is_new_file = self.file and not self.file._committed
        if is_new_file:
            facts = inspected(self.file.file)
            self.title = self.title or facts.title[:200] or name_from_file(self.file.name)
            self.text_state = TextState.WAITING
        with files_removed_on_error(), transaction.atomic():
            super().save(*args, **kwargs)
            if is_new_file:
                transaction.on_commit(self.read_text_in_the_background, robust=True)

    def read_text_in_the_background(self):
        """A hundred pages take seconds; the document is there meanwhile, and search finds it by its title."""
        from publications.tasks import read_text

        read_text.enqueue(self.pk)


class DocumentText(models.Model):
    """The words of a document, apart from it: a megabyte that no list and no history needs."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="words")
    text = models.TextField()

    def __str__(self):
        return str(self.document_id)


class GivenUpFile(models.Model):
    """The file of a deleted document, which may be recovered: see `publications.leftovers`."""

    name = models.CharField(max_length=100, unique=True)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.name


@receiver(post_delete, sender=Document)
def note_the_file_of_a_deleted_document(instance, **kwargs):
    """Whichever call deletes it: a list of the admin deletes many at once, without their own `delete`."""
    if instance.file.name and default_storage.exists(instance.file.name):
        GivenUpFile.objects.get_or_create(name=instance.file.name)
