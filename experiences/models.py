"""The Bank of Experiences and the Focus Experience series that features one of them at a time."""

import re
from functools import lru_cache

from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from experiences.indexes import INDEXES
from experiences.taxonomy import CharterPart, CharterPrinciple, Sdg, TargetGroup, Theme
from networks.countries import country_choices, country_name
from publishing.date_field import EdtfField
from publishing.former_slugs import former_slugs_index
from publishing.models import Publishable, PublishedQuerySet, visible
from publishing.rich_text import RichTextField
from publishing.slugs import Sluggable, slug_constraints
from translations.models import Translated
from translations.sections import SectionQuerySet
from translations.texts import columns

YEAR = re.compile("[0-9]{4}")

__all__ = [
    "CharterPart",
    "CharterPrinciple",
    "Experience",
    "FocusIssue",
    "Sdg",
    "TableVersion",
    "TargetGroup",
    "Theme",
]


@lru_cache(maxsize=4096)
def years_of(started: str, award_year: int | None) -> tuple[str, ...]:
    """The years that a record names: in which it began (of a span the first, of "199X" none), and won an award."""
    years = {str(award_year)} if award_year else set()
    if YEAR.match(started):
        years.add(started[:4])
    return tuple(sorted(years))


class ExperienceQuerySet(SectionQuerySet, PublishedQuerySet):
    section = "bank"

    def for_cards(self):
        """Everything the card template reads; the long texts stay in the database."""
        return (
            self.select_related("city", "focus_issue", "picture")
            .prefetch_related("themes")
            .only(
                *columns("title", "summary", "slug"),
                *"source_language country city_name started award_year picture".split(),
                *"city__name city__slug focus_issue__number focus_issue__experience".split(),
            )
            .order_by("-pk")
        )

    def for_feed(self):
        """Everything that a feed says."""
        return (
            self.select_related("city")
            .prefetch_related("themes")
            .only(
                *columns("title", "summary", "slug"),
                *"source_language country city_name city__name city__slug".split(),
                *"created_at updated_at publish_at".split(),
            )
            .order_by("-pk")
        )


class Experience(Sluggable, Translated, Publishable):
    """A bank record: what a city does, for whom, and which principles it puts into practice."""

    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences, shown in lists."))
    body = RichTextField(_("text"), blank=True)
    city = models.ForeignKey(
        "networks.City", models.PROTECT, null=True, blank=True, related_name="experiences", verbose_name=_("city")
    )
    city_name = models.CharField(
        _("city’s name"), max_length=120, blank=True, help_text=_("Only where the city is not in the list of cities.")
    )
    country = models.CharField(_("country"), max_length=2, choices=country_choices)
    started = EdtfField(_("started"), blank=True)
    award_year = models.PositiveSmallIntegerField(_("year of its award"), null=True, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="experiences", verbose_name=_("themes"))
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="experiences", verbose_name=_("target groups")
    )
    sdgs = models.ManyToManyField(Sdg, blank=True, related_name="experiences", verbose_name=_("SDGs"))
    charter_principles = models.ManyToManyField(
        CharterPrinciple, blank=True, related_name="experiences", verbose_name=_("Charter principles")
    )
    editions = models.ManyToManyField(
        "editions.Edition",
        blank=True,
        related_name="experiences",
        verbose_name=_("editions"),
        help_text=_("An award that it won, a congress that presented it."),
    )
    picture = models.ForeignKey(
        "pictures.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="experiences",
        verbose_name=_("picture"),
    )

    objects = ExperienceQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("experience")
        verbose_name_plural = _("Bank of Experiences")
        ordering = ["-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            *slug_constraints("experience"),
            models.CheckConstraint(
                name="experience_has_one_place",
                condition=models.Q(city__isnull=False, city_name="")
                | (models.Q(city__isnull=True) & ~models.Q(city_name="")),
                violation_error_message=_(
                    "Choose the city, or write its name where it is not in the list: one of the two."
                ),
            ),
        ]
        indexes = [*INDEXES, former_slugs_index("experience")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("experiences:experience_detail", kwargs={"slug": self.slug})

    @property
    def cover(self):
        theme = next(iter(self.themes.all()), None)
        return self.cover_in(theme.key if theme else None)

    def cover_in(self, palette):
        """What its cover is drawn from; `palette` is the key of its first theme."""
        issue = getattr(self, "focus_issue", None)
        return {
            "seed": self.city.slug if self.city_id else self.city_name,
            "variant": f"experience-{self.pk}",
            "palette": palette,
            "number": issue.number if issue else None,
        }

    @property
    def country_name(self):
        return country_name(self.country)

    @property
    def place_name(self):
        return self.city.name if self.city_id else self.city_name

    @property
    def years(self):
        return years_of(self.started, self.award_year)


class TableVersion(models.Model):
    """Another value after each write to a table, by triggers of the database: see `experiences.table_versions`."""

    name = models.CharField(max_length=63, primary_key=True)
    version = models.CharField(max_length=40)

    def __str__(self):
        return f"{self.name}: {self.version}"


class RecordChange(models.Model):
    """Which record a write concerned, by the same triggers, with the version that the table got by it."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=63)
    version = models.CharField(max_length=40, db_index=True)
    record = models.BigIntegerField()

    def __str__(self):
        return f"{self.name}: {self.record}"


class FocusIssueQuerySet(SectionQuerySet, PublishedQuerySet):
    section = "focus_experience"
    title = "experience__title"

    def published(self, at=None):
        """An issue shows its experience, so both have to be public."""
        return super().published(at).filter(visible(at, prefix="experience__"))

    def newest_first(self):
        return self.order_by("-number")

    def for_cards(self):
        return (
            self.select_related("experience__city", "experience__picture")
            .prefetch_related("experience__themes")
            .only(
                *columns("title", "summary", "slug", prefix="experience__"),
                *"number published experience__source_language experience__country".split(),
                *"experience__city_name experience__picture experience__city__name experience__city__slug".split(),
            )
        )

    def for_lead(self):
        """As for cards, but of the themes only what the cover is drawn from: one query in all."""
        first_theme = Theme.objects.filter(experiences=OuterRef("experience")).values("key")[:1]
        return self.for_cards().prefetch_related(None).annotate(theme_key=Subquery(first_theme))

    def for_feed(self):
        """Everything that a feed says."""
        return (
            self.select_related("experience__city")
            .prefetch_related("experience__themes")
            .only(
                *columns("title", "summary", "slug", prefix="experience__"),
                *"number published created_at updated_at publish_at".split(),
                *"experience__source_language experience__country experience__city_name".split(),
                *"experience__updated_at experience__publish_at experience__city__name".split(),
            )
        )


class FocusIssue(Publishable):
    """A numbered issue of the series, featuring one experience; its texts are the experience's."""

    series = models.ForeignKey(
        "editions.Series",
        models.PROTECT,
        related_name="focus_issues",
        verbose_name=_("series"),
        limit_choices_to={"key": "focus_experience"},
    )
    number = models.PositiveSmallIntegerField(_("number"))
    experience = models.OneToOneField(
        Experience, models.PROTECT, related_name="focus_issue", verbose_name=_("experience")
    )
    published = EdtfField(
        _("published"), blank=True, help_text=_("As well as it is known, for example “2017” or “about April 2017”.")
    )

    objects = FocusIssueQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("Focus Experience issue")
        verbose_name_plural = _("Focus Experience issues")
        ordering = ["-number"]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["series", "number"],
                name="focus_issue_number_unique_in_series",
                violation_error_message=_("There is already an issue with this number."),
            ),
        ]

    def __str__(self):
        return f"#{self.number}"

    def is_public(self, at=None):
        return super().is_public(at) and self.experience.is_public(at)

    def get_absolute_url(self):
        return reverse("experiences:focus_detail", kwargs={"number": self.number})

    @property
    def texts(self):
        return self.experience

    @property
    def picture(self):
        return self.experience.picture

    @property
    def cover(self):
        return self.experience.cover_in(self.theme_key) if hasattr(self, "theme_key") else self.experience.cover
