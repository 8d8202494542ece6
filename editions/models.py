"""Numbered editions of a series: Congress, Award, International Day; the Focus Experience is a series too."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.countries import country_choices, country_name
from publishing.date_field import EdtfField
from publishing.dates import parse_edtf
from publishing.former_slugs import former_slugs_index
from publishing.models import Publishable, PublishedQuerySet, visible
from publishing.slugs import Sluggable, slug_constraints
from translations.models import Translated


class Series(Sluggable, Translated, Publishable):
    class Key(models.TextChoices):
        CONGRESS = "congress", _("Congress")
        AWARD = "award", _("Award")
        INTERNATIONAL_DAY = "international_day", _("International Day")
        FOCUS_EXPERIENCE = "focus_experience", _("Focus Experience")

    key = models.CharField(_("kind"), max_length=30, choices=Key, unique=True)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title_field = "name"

    class Meta(Publishable.Meta):
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("plural", "series")
        ordering = ["order", "pk"]
        constraints = [*Publishable.Meta.constraints, *slug_constraints("series")]
        indexes = [former_slugs_index("series")]

    def __str__(self):
        return self.name or self.key

    def get_absolute_url(self):
        if self.key == self.Key.FOCUS_EXPERIENCE:
            return reverse("experiences:focus_list")
        return reverse("editions:series_detail", kwargs={"slug": self.slug})

    @property
    def cover(self):
        return {"seed": self.key, "palette": self.key}


class EditionQuerySet(PublishedQuerySet):
    def published(self, at=None):
        """The address of an edition is below its series, so both have to be public."""
        return super().published(at).filter(visible(at, prefix="series__"))

    def newest_first(self):
        return self.order_by("-year", "-earliest", "-pk")

    def before(self, edition):
        """The editions of the same series before this one, the nearest first."""
        earlier = Q(year=edition.year, earliest=edition.earliest, pk__lt=edition.pk)
        earlier |= Q(year__lt=edition.year) | Q(year=edition.year, earliest__lt=edition.earliest)
        return self.filter(earlier, series=edition.series_id).newest_first()

    def after(self, edition):
        """Those after it, the nearest first."""
        later = Q(year=edition.year, earliest=edition.earliest, pk__gt=edition.pk)
        later |= Q(year__gt=edition.year) | Q(year=edition.year, earliest__gt=edition.earliest)
        return self.filter(later, series=edition.series_id).order_by("year", "earliest", "pk")

    def for_cards(self):
        return self.select_related("series", "host_city")


class Edition(Sluggable, Translated, Publishable):
    class Status(models.TextChoices):
        ANNOUNCED = "announced", pgettext_lazy("edition", "announced")
        CONFIRMED = "confirmed", pgettext_lazy("edition", "confirmed")
        HELD = "held", pgettext_lazy("edition", "held")
        CANCELLED = "cancelled", pgettext_lazy("edition", "cancelled")

    class CeremonyMode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("in person and online")

    series = models.ForeignKey(Series, models.PROTECT, related_name="editions", verbose_name=_("series"))
    ordinal = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("As announced, never counted. Empty for a cancelled edition.")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=200)
    theme = models.CharField(_("theme"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ANNOUNCED)
    host_city = models.ForeignKey(
        "networks.City",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_editions",
        verbose_name=_("host city"),
    )
    country = models.CharField(_("country"), max_length=2, blank=True, choices=country_choices)
    date = EdtfField(_("date"))
    # Of a date to be announced: the bounds of the year.
    earliest = models.DateField(editable=False)
    latest = models.DateField(editable=False)
    call_opened = models.DateField(_("call opened"), null=True, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    jury_met = models.DateField(_("jury met"), null=True, blank=True)
    decision = models.DateField(_("decision"), null=True, blank=True)
    ceremony_date = models.DateField(_("ceremony on"), null=True, blank=True)
    ceremony_city = models.ForeignKey(
        "networks.City",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ceremonies",
        verbose_name=_("ceremony in"),
    )
    ceremony_mode = models.CharField(_("ceremony held"), max_length=10, blank=True, choices=CeremonyMode)
    finalists_complete = models.BooleanField(_("list of finalists is complete"), null=True, blank=True)
    distinguished_complete = models.BooleanField(_("list of distinguished cities is complete"), null=True, blank=True)
    url = models.URLField(_("source"), blank=True, help_text=_("Page on which the facts can be read."))
    picture = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="editions", verbose_name=_("picture")
    )

    objects = EditionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-year", "-earliest", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            *slug_constraints("edition"),
            models.UniqueConstraint(
                fields=["series", "ordinal"],
                name="edition_number_unique_in_series",
                violation_error_message=_("This series already has an edition with this number."),
            ),
            models.CheckConstraint(
                name="edition_end_not_before_start",
                condition=Q(latest__gte=models.F("earliest")),
            ),
            models.CheckConstraint(
                name="edition_deadline_not_before_call",
                condition=Q(call_opened__isnull=True)
                | Q(deadline__isnull=True)
                | Q(deadline__gte=models.F("call_opened")),
                violation_error_message=_("The deadline is before the day on which the call opened."),
            ),
            models.CheckConstraint(
                name="cancelled_edition_has_no_number",
                condition=~Q(status="cancelled") | Q(ordinal__isnull=True),
                violation_error_message=_("A cancelled edition has no number: the next one held takes it."),
            ),
        ]
        indexes = [
            models.Index(fields=["series", "-year"], condition=Q(state="published"), name="edition_list"),
            former_slugs_index("edition"),
        ]

    def __str__(self):
        return self.title or f"{self.series} {self.year}"

    def save(self, *args, **kwargs):
        date = parse_edtf(self.date)
        southern = bool(self.host_city_id and self.host_city.is_southern)
        self.earliest = date.earliest(southern) or datetime.date(self.year, 1, 1)
        self.latest = date.latest(southern) or datetime.date(self.year, 12, 31)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "earliest", "latest"}
        super().save(*args, **kwargs)

    def clean(self):
        try:
            known = parse_edtf(self.date)
        except ValueError:
            return  # the field says so itself
        years = {day.year for day in (known.earliest(), known.latest()) if day}
        if years and self.year and not min(years) <= self.year <= max(years):
            raise ValidationError({"year": _("The date is not in this year.")})

    def is_public(self, at=None):
        return super().is_public(at) and self.series.is_public(at)

    def get_absolute_url(self):
        return reverse("editions:edition_detail", kwargs={"series": self.series.slug, "slug": self.slug})

    @property
    def cover(self):
        seed = self.host_city.slug if self.host_city_id else self.series.key
        return {"seed": seed, "variant": f"edition-{self.pk}", "palette": self.series.key}

    @property
    def country_name(self):
        return country_name(self.country) if self.country else ""

    @property
    def lacks_finalists(self):
        """Whether the list is known to have gaps; None is for nobody knows."""
        return self.finalists_complete is False

    @property
    def lacks_distinguished(self):
        return self.distinguished_complete is False


class Figure(models.Model):
    """A number as published: participants, cities, candidatures…"""

    class Kind(models.TextChoices):
        PARTICIPANTS = "participants", _("participants")
        CITIES = "cities", _("cities")
        COUNTRIES = "countries", _("countries")
        CONTINENTS = "continents", _("continents")
        CANDIDATURES = "candidatures", _("candidatures")
        EXPERIENCES_SUBMITTED = "experiences_submitted", _("experiences submitted")
        EXPERIENCES_SELECTED = "experiences_selected", _("experiences selected")
        MAYORS = "mayors", _("mayors")
        DISTINGUISHED = "distinguished", _("distinguished cities")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="figures")
    kind = models.CharField(_("figure"), max_length=30, choices=Kind)
    value = models.PositiveIntegerField(_("value"))
    at_least = models.BooleanField(_("“more than”"), default=False)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="one_figure_of_a_kind_per_edition")]

    def __str__(self):
        return f"{self.value} {self.get_kind_display()}"


class Recognition(Translated):
    """A city named by an award: winner, finalist, distinguished or mentioned, with its project."""

    class Kind(models.TextChoices):
        WINNER = "winner", _("winner")
        FINALIST = "finalist", _("finalist")
        DISTINGUISHED = "distinguished", _("distinguished")
        MENTION = "mention", _("special mention")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="recognitions")
    kind = models.CharField(_("as"), max_length=20, choices=Kind)
    city = models.ForeignKey("networks.City", models.PROTECT, related_name="recognitions", verbose_name=_("city"))
    project = models.CharField(_("project"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title_field = "project"

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("winners and finalists")
        ordering = ["kind", "order", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.city}"
