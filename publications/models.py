"""Publications of the association and its networks, in series, each as files in one language or many."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from publications.documents import Document, DocumentText, GivenUpFile, TextState
from publications.languages import (
    direction_of,
    in_reading_order,
    name_of,
    normalised,
    own_name_of,
    validate_language,
)
from publishing.date_field import EdtfField
from publishing.dates import parse_edtf
from publishing.former_slugs import SLUG_LENGTH, ever_moved, former_slugs_index, mark, numbered
from publishing.models import Publishable, PublishedQuerySet
from publishing.slugs import Sluggable, make_slug, slug_constraints
from translations.models import Translated
from translations.sections import SectionQuerySet
from translations.texts import columns

__all__ = [
    "Document",
    "DocumentText",
    "GivenUpFile",
    "Publication",
    "PublicationFile",
    "PublicationSeries",
    "TextState",
]

# Under this key former addresses of files are remembered, beside those of pages in each language.
FILES = "files"


class PublicationSeries(Sluggable, Translated):
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(
        _("description"), blank=True, help_text=_("One or two sentences, shown above the publications of the series.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title_field = "name"

    class Meta:
        verbose_name = _("series of publications")
        verbose_name_plural = pgettext_lazy("plural", "series of publications")
        ordering = ["order", "pk"]
        constraints = slug_constraints("publicationseries")
        indexes = [former_slugs_index("publicationseries")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("publications:series_detail", kwargs={"slug": self.slug})


class PublicationQuerySet(SectionQuerySet, PublishedQuerySet):
    section = "publications"

    def newest_first(self):
        """What has no date comes last."""
        return self.order_by(models.F("day").desc(nulls_last=True), "-pk")

    def by_series(self):
        """In the order of their series, what is in none at the end; in each the newest first."""
        series = [models.F("series__order").asc(nulls_last=True), models.F("series").asc(nulls_last=True)]
        return self.order_by(*series, models.F("day").desc(nulls_last=True), "-pk")

    def years(self):
        """Calendar years that have publications, newest first."""
        dated = self.filter(year__isnull=False).order_by("-year")
        return list(dated.values_list("year", flat=True).distinct())

    def with_files(self):
        files = PublicationFile.objects.select_related("document")
        return self.prefetch_related(models.Prefetch("files", files))

    def for_cards(self):
        """Everything the card template reads; the long texts stay in the database."""
        return (
            self.select_related("picture", "series")
            .with_files()
            .only(
                *columns("title", "summary", "slug"),
                *"source_language number date day year picture file_address publish_at updated_at created_at".split(),
                *columns("name", "slug", "description", prefix="series__"),
                "series__source_language",
                "series__order",
            )
        )


class Publication(Sluggable, Translated, Publishable):
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("What it is about and for whom, in two or three sentences.")
    )
    series = models.ForeignKey(
        PublicationSeries,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="publications",
        verbose_name=_("series"),
    )
    number = models.CharField(
        _("number"), max_length=20, blank=True, help_text=_("In its series, as printed: “12”, “3 bis”.")
    )
    date = EdtfField(_("date"), blank=True)
    # Of a date that is known: its first day and the year of that, for sorting and choosing.
    day = models.DateField(null=True, editable=False)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    networks = models.ManyToManyField(
        "networks.Network", blank=True, related_name="publications", verbose_name=_("networks")
    )
    cities = models.ManyToManyField("networks.City", blank=True, related_name="publications", verbose_name=_("cities"))
    edition = models.ForeignKey(
        "editions.Edition",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="publications",
        verbose_name=_("edition"),
        help_text=_("Of which it is a document: the final declaration of a Congress, the rules of an Award."),
    )
    page = models.ForeignKey(
        "pages.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="publications",
        verbose_name=_("page of this site"),
        help_text=_("On which its text, or a summary, can be read without a file; the page will offer the files."),
    )
    picture = models.ForeignKey(
        "pictures.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="publications",
        verbose_name=_("cover"),
    )
    file_address = models.SlugField(
        _("address of the files"),
        max_length=SLUG_LENGTH,
        blank=True,
        unique=True,
        help_text=_(
            "The same in all languages: /documents/…/en.pdf. Empty: made from the title. It stays when a file is "
            "replaced; if you change it, the old address leads to the new one."
        ),
    )

    objects = PublicationQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-day", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            *slug_constraints("publication"),
            models.CheckConstraint(
                name="publication_files_have_an_address",
                condition=~models.Q(file_address=""),
            ),
        ]
        indexes = [
            models.Index(fields=["-day", "-id"], condition=models.Q(state="published"), name="publication_list"),
            former_slugs_index("publication"),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.day = parse_edtf(self.date).earliest() if self.date else None
        self.year = self.day.year if self.day else None
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "day", "year", "file_address"}
        super().save(*args, **kwargs)

    def columns_of_slugs(self):
        return [*super().columns_of_slugs(), "file_address"]

    def fill_slugs(self, before):
        """The address of its files as well, which is one for all languages."""
        super().fill_slugs(before)
        if not self.file_address:
            self.file_address = self.free_file_address(getattr(self, f"slug_{self.source_language}"))
        if before.get("file_address") and before["file_address"] != self.file_address:
            self.remember_slug(FILES, before["file_address"])

    def free_file_address(self, wanted):
        others = Publication._base_manager.exclude(pk=self.pk)
        moved = ever_moved(others)
        return next(
            address
            for address in numbered(make_slug(wanted) or "document")
            if not others.filter(file_address=address).exists()
            and not moved.filter(former_slugs__contains=mark(FILES, address)).exists()
        )

    def validate_constraints(self, exclude=None):
        """A form may leave the address empty: `save` fills it."""
        empty = set() if self.file_address else {"file_address"}
        super().validate_constraints(exclude={*(exclude or ()), *empty})

    def get_absolute_url(self):
        return reverse("publications:publication_detail", kwargs={"slug": self.slug})

    @property
    def cover(self):
        return {"seed": f"publication-{self.pk}", "palette": f"series-{self.series_id}" if self.series_id else None}

    @cached_property
    def files_in_order(self):
        """Those in the page's language first, then the site's others, then all others by name."""
        files = in_reading_order(self.files.all(), lambda file: file.language)
        for file in files:
            file.publication = self
        return files


class PublicationFile(models.Model):
    """A publication in one language: which document is offered at its address."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="files")
    language = models.CharField(_("language"), max_length=11, validators=[validate_language])
    document = models.ForeignKey(Document, models.PROTECT, related_name="offered", verbose_name=_("document"))
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    # " pt en ": languages under which it was offered before.
    former_languages = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "language"],
                name="one_file_of_a_publication_per_language",
                violation_error_message=_("There is a file in this language already."),
            )
        ]

    def __str__(self):
        return own_name_of(self.language)

    def save(self, *args, **kwargs):
        self.language = normalised(self.language)
        before = PublicationFile.objects.filter(pk=self.pk).first() if self.pk else None
        if before and before.document_id != self.document_id:
            self.version, self.changed_at = before.version + 1, timezone.now()
        if before and before.language != self.language:
            known = [code for code in before.former_languages.split() if code != self.language]
            self.former_languages = " ".join([*known, before.language])
        super().save(*args, **kwargs)

    def clean(self):
        if self.language:
            self.language = normalised(self.language)

    def get_absolute_url(self):
        return reverse(
            "document_file", kwargs={"address": self.publication.file_address, "language": self.language.lower()}
        )

    @property
    def own_name(self):
        return own_name_of(self.language)

    @property
    def name_here(self):
        """The language's name as it stands within a sentence of the page: “français”."""
        return name_of(self.language)

    @property
    def language_name(self):
        """The language's name in that of the page; "" where that is its own name."""
        name = self.name_here
        return "" if name.lower() == self.own_name.lower() else name

    @property
    def direction(self):
        return direction_of(self.language)

    @property
    def filename(self):
        return f"{self.publication.file_address}-{self.language}.pdf"
