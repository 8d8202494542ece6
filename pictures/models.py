import secrets
from pathlib import PurePath
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from pictures.files import PictureFileField, encoded_upload, files_removed_on_error
from pictures.licences import DEEDS, Licence
from pictures.renditions import FALLBACKS


class ShownAlt(NamedTuple):
    text: str
    language: str


def new_key():
    """Not to be guessed: an address made from it tells nothing of pictures that no page shows."""
    return secrets.token_urlsafe(9)


class PictureQuerySet(models.QuerySet):
    def lacking_alt(self):
        """Pictures that wait for their alternative text: no item that shows one can be published."""
        missing = models.Q()
        for language, _name in settings.LANGUAGES:
            column = alt_field(language)
            missing |= models.Q(source_language=language) & (
                models.Q(**{column: ""}) | models.Q(**{f"{column}__isnull": True})
            )
        return self.filter(missing, decorative=False)


class Picture(models.Model):
    # What rich text names it by; it stays when the file is replaced.
    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    file = PictureFileField(
        _("file"),
        upload_to="pictures",
        help_text=_(
            "JPEG, PNG, WebP or AVIF, at most 15 MB and 40 megapixels. "
            "The place and the camera that a photograph may tell of are taken out."
        ),
    )
    title = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("A short name by which editors find the picture; readers never see it."),
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What somebody who cannot see the picture should know of it, in one sentence."),
    )
    source_language = models.CharField(
        _("source language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which the alternative text was first written."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture tells nothing that the text beside it does not tell: screen readers pass over it."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made the picture, as it should stand beside it: “© City of Granollers”."),
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, blank=True)
    network = models.ForeignKey(
        "networks.Network",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="own_pictures",
        verbose_name=_("network"),
        help_text=_("Whose editors may change it; empty: the secretariat’s alone."),
    )
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, across"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("0 is the left edge, 100 the right one. Wherever the picture is cropped, this point stays in it."),
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, down"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("0 is the upper edge, 100 the lower one."),
    )
    # Known when the file has been saved, so they stand after it.
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    # {"webp": [{"width": 480, "height": 320, "name": "pictures/…"}, …], "jpeg": […]}, narrowest first.
    renditions = models.JSONField(_("renditions"), default=dict, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PictureQuerySet.as_manager()
    may_wait_for_alt = False  # set by the page that describes several pictures at once

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__range=(0, 100)) & models.Q(focal_y__range=(0, 100)),
                name="picture_focal_point_within",
            ),
        ]

    def __str__(self):
        return self.title or gettext("Picture %(number)s") % {"number": self.pk}

    def clean(self):
        super().clean()
        if self.lacks_alt and not self.may_wait_for_alt:
            message = _("Write the alternative text in the source language, or mark the picture as decorative.")
            raise ValidationError({alt_field(self.source_language): message})

    def save(self, *args, **kwargs):
        is_new_file = self.file and not self.file._committed
        if is_new_file:
            # Before the database is asked for anything: a refusal leaves a surrounding transaction whole.
            encoded_upload(self.file.file)
            if not self.title:
                self.title = name_from_file(self.file.name)
            if kwargs.get("update_fields") is not None:
                made_with_the_file = {"title", "width", "height", "renditions", "updated_at"}
                kwargs["update_fields"] = {*kwargs["update_fields"], *made_with_the_file}
        elif not self._state.adding and not args and not kwargs:
            # What the background has made since this row was read stays.
            columns = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = columns - {"renditions", *self.get_deferred_fields()}
        with files_removed_on_error(), transaction.atomic():
            if is_new_file and self.pk:
                FormerFile.objects.note(Picture.objects.filter(pk=self.pk).first())
            super().save(*args, **kwargs)
            if is_new_file:
                transaction.on_commit(self.complete_in_the_background, robust=True)

    def complete_in_the_background(self):
        """What takes too long for somebody who waits; until it is there, WebP and JPEG show the picture."""
        from pictures.tasks import complete_renditions

        complete_renditions.enqueue(self.pk)

    def files(self):
        """The names of all its files in the storage."""
        return {self.file.name, *(each["name"] for group in self.renditions.values() for each in group)} - {"", None}

    @property
    def lacks_alt(self):
        return not self.decorative and not self.alt_in(self.source_language)

    @property
    def library_address(self):
        """Leads to the picture's present file, whichever that is. Rich text shows pictures by it."""
        return reverse("library_picture", args=[self.key])

    def alt_in(self, language):
        return (getattr(self, alt_field(language), "") or "").strip()

    def shown_alt(self):
        """The alternative text for the page's language, or else an honest one with the language it is in."""
        if self.decorative:
            return ShownAlt("", "")
        languages = [get_language() or settings.LANGUAGE_CODE, self.source_language, *dict(settings.LANGUAGES)]
        for language in languages:
            if text := self.alt_in(language):
                return ShownAlt(text, language)
        return ShownAlt("", "")

    @property
    def fallback(self):
        """The file for whoever knows neither WebP nor AVIF: old browsers, letters, sharing cards."""
        for format_name in FALLBACKS:
            for rendition in self.renditions.get(format_name, []):
                return rendition
        return {"width": self.width, "height": self.height, "name": self.file.name}

    def url_of(self, rendition):
        return self.file.storage.url(rendition["name"])

    def focal_classes(self):
        """In steps of ten per cent, because the content policy forbids style attributes. The middle needs no class."""
        steps = {"fx": (self.focal_x + 5) // 10, "fy": (self.focal_y + 5) // 10}
        return [f"{axis}-{step}" for axis, step in steps.items() if step != 5]

    @property
    def licence_address(self):
        return DEEDS.get(self.licence, "")


def alt_field(language):
    return build_localized_fieldname("alt", language)


def name_from_file(name):
    stem = PurePath(name).stem.replace("_", " ").replace("-", " ").strip()
    return stem[:120]


class FormerFileQuerySet(models.QuerySet):
    def note(self, *pictures):
        """These pictures give up their files, now or when the transaction ends."""
        names = {name for picture in pictures if picture for name in picture.files()}
        self.filter(name__in=names).delete()
        self.bulk_create(FormerFile(name=name) for name in sorted(names))


class FormerFile(models.Model):
    """A file that a picture has given up. `pictures.leftovers` removes it when nothing can need it any more."""

    name = models.CharField(max_length=100, unique=True)
    since = models.DateTimeField(default=timezone.now)

    objects = FormerFileQuerySet.as_manager()

    def __str__(self):
        return self.name


@receiver(pre_delete, sender=Picture)
def note_files_of_a_deleted_picture(instance, **kwargs):
    """Whichever call deletes it: a list of the admin deletes many at once, without their own `delete`."""
    FormerFile.objects.note(instance)


class PictureInText(models.Model):
    """An item whose rich text shows a picture. Written by `pictures.in_texts` alone, whenever an item is saved."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="in_texts")
    kind = models.CharField(max_length=60)  # "news.post"
    item = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "kind", "item"], name="picture_in_text_once")]
        indexes = [models.Index(fields=["kind", "item"], name="pictures_in_an_item")]

    def __str__(self):
        return f"{self.kind} {self.item}"
