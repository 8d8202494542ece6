"""Networks and member cities. Everything may point here."""

from itertools import chain

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from networks.countries import country_choices, country_name
from publishing.date_field import EdtfField
from publishing.former_slugs import SLUG_LENGTH, RemembersAddresses, former_slugs_index, numbered
from publishing.models import Publishable, PublishedQuerySet
from publishing.slugs import Sluggable, make_slug, slug_constraints
from translations.models import Translated
from translations.texts import text_of


class CityQuerySet(PublishedQuerySet):
    def members(self):
        return self.filter(listed_as=City.ListedAs.MEMBER)

    def search(self, text):
        """Cities one of whose names holds the text: own, official, in another script or language, region, larger city.

        Accents, case and punctuation do not matter: "cordoba" finds Córdoba.
        """
        condition = models.Q(name_local__icontains=text)
        plain = make_slug(text)
        return self.filter(condition | models.Q(plain_names__contains=plain) if plain else condition)


class City(RemembersAddresses, Publishable):
    """A member city, a member district, or a place where something was held."""

    class ListedAs(models.TextChoices):
        MEMBER = "member", _("member")
        PLACE = "place", _("place of an event only")

    name = models.CharField(
        _("own name"),
        max_length=120,
        help_text=_("In Latin script; a city with two official names shows both: “Alacant / Alicante”."),
    )
    slug = models.SlugField(
        _("address"), max_length=SLUG_LENGTH, unique=True, blank=True, help_text=_("Empty: made from the name.")
    )
    sort_name = models.CharField(max_length=120, editable=False, db_index=True)
    plain_names = models.TextField(editable=False, default="")
    name_local = models.CharField(_("name in another script"), max_length=120, blank=True)
    name_local_language = models.CharField(
        _("language of that name"), max_length=8, blank=True, help_text=_("Code, for example “ko”.")
    )
    official_names = models.JSONField(
        _("official names"),
        default=list,
        blank=True,
        help_text=_("Where a city has more than one: a list of {“language”, “text”}."),
    )
    exonym = models.CharField(
        _("name in this language"), max_length=120, blank=True, help_text=_("Only where it differs from the own name.")
    )
    country = models.CharField(_("country"), max_length=2, choices=country_choices)
    region = models.CharField(
        _("region"), max_length=120, blank=True, help_text=_("Tells cities of the same name apart.")
    )
    part_of = models.CharField(
        _("district of"), max_length=120, blank=True, help_text=_("The larger city of a member district.")
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    timezone = models.CharField(
        _("time zone"), max_length=60, blank=True, help_text=_("IANA name, for example Europe/Madrid.")
    )
    geonames_id = models.PositiveIntegerField(_("GeoNames number"), null=True, blank=True)
    listed_as = models.CharField(_("listed as"), max_length=10, choices=ListedAs, default=ListedAs.MEMBER)
    joined_year = models.PositiveSmallIntegerField(_("joined in"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    picture = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="cities", verbose_name=_("picture")
    )
    networks = models.ManyToManyField("networks.Network", through="networks.Membership", related_name="cities")

    objects = CityQuerySet.as_manager()
    title_field = "name"

    class Meta(Publishable.Meta):
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["sort_name", "pk"]
        indexes = [former_slugs_index("city")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="city_latitude_range",
                condition=models.Q(latitude__isnull=True) | models.Q(latitude__range=(-90, 90)),
            ),
            models.CheckConstraint(
                name="city_longitude_range",
                condition=models.Q(longitude__isnull=True) | models.Q(longitude__range=(-180, 180)),
            ),
            # An address with capitals is looked for without them.
            models.CheckConstraint(
                name="city_slug_filled_in_lower_case",
                condition=~models.Q(slug="") & models.Q(slug=Lower("slug")),
            ),
        ]

    def __str__(self):
        addition = self.part_of or self.region
        return f"{self.name} ({addition})" if addition else self.name

    def save(self, *args, **kwargs):
        self.sort_name = make_slug(self.name) or self.name.lower()
        self.plain_names = " ".join(filter(None, map(make_slug, self.all_names())))
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_name", "plain_names"}
        before = (
            City._base_manager.filter(pk=self.pk).only("timezone", "latitude", "country").first() if self.pk else None
        )
        super().save(*args, **kwargs)
        if before and before.bearings != self.bearings:
            # What "autumn" and "midnight" mean for what is held here is stored with it, and in which country it is.
            for dated in (*self.events.all(), *self.hosted_editions.all()):
                dated.save()

    def get_absolute_url(self):
        return reverse("networks:city_detail", kwargs={"slug": self.slug})

    def clean(self):
        self.slug = self.slug.lower()

    def fill_slugs(self, before):
        self.slug = self.slug.lower() or self.free_slug()

    def free_slug(self):
        """The name alone where it is free, else with the larger city, region or country, else with a number."""
        base = make_slug(self.name) or "city"
        additions = [make_slug(f"{base} {addition}") for addition in (self.part_of, self.region, self.country)]
        return next(slug for slug in chain([base], additions, numbered(base)) if not self.is_taken(slug))

    def all_names(self):
        """Every name in Latin script by which somebody may look for the city."""
        exonyms = [getattr(self, f"exonym_{code}") or "" for code, language in settings.LANGUAGES]
        official = [name.get("text", "") for name in self.official_names]
        return [self.name, self.part_of, self.region, *official, *exonyms]

    @property
    def cover(self):
        return {"seed": self.slug}

    @property
    def country_name(self):
        return country_name(self.country)

    @property
    def exonym_here(self):
        """The city's name in the page's language, "" where it is the own name: no fallback to another language."""
        return getattr(self, f"exonym_{get_language() or 'en'}", "") or ""

    @property
    def bearings(self):
        return self.timezone, self.is_southern, self.country

    @property
    def is_southern(self):
        """South of the equator, where autumn is in March: seasons of dates depend on it."""
        return self.latitude is not None and self.latitude < 0


class NetworkQuerySet(PublishedQuerySet):
    def for_strip(self):
        """What the network links of every page show."""
        return self.filter(shown_on_home=True).order_by("order", "pk")


class Network(Sluggable, Translated, Publishable):
    """A territorial or thematic network, a delegation or a group of member cities."""

    class Kind(models.TextChoices):
        TERRITORIAL = "territorial", _("territorial network")
        THEMATIC = "thematic", _("thematic network")
        DELEGATION = "delegation", _("delegation")
        GROUP = "group", _("group of cities")

    official_name = models.CharField(_("official name"), max_length=250)
    official_language = models.CharField(
        _("language of the official name"), max_length=8, help_text=_("Code, for example “it”.")
    )
    official_name_is_descriptive = models.BooleanField(
        _("only a description"), default=False, help_text=_("No official name is known; this one describes the group.")
    )
    name = models.CharField(_("name"), max_length=250, help_text=_("Translated or explained."))
    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.TERRITORIAL)
    countries = models.JSONField(
        _("countries"), default=list, blank=True, help_text=_("A list of two-letter codes: [“ES”, “PT”].")
    )
    website = models.URLField(_("website"), blank=True)
    founded = EdtfField(_("founded"), blank=True)
    active = EdtfField(_("years of work"), blank=True, help_text=_("Of a thematic network, for example “2025–2027”."))
    parent_network = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("part of")
    )
    coordinating_city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, related_name="coordinates", verbose_name=_("coordinating city")
    )
    coordination_committee = models.ManyToManyField(
        City,
        blank=True,
        related_name="co_coordinates",
        verbose_name=_("coordination committee"),
        help_text=_("Where cities share the task."),
    )
    coordination_period = EdtfField(_("period of coordination"), blank=True)
    reported_cities = models.PositiveIntegerField(
        _("members reported"), null=True, blank=True, help_text=_("A figure given by a source.")
    )
    reported_as_of = EdtfField(_("reported as of"), blank=True)
    reported_at_least = models.BooleanField(_("“more than”"), default=False)
    shown_on_home = models.BooleanField(_("linked from every page"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    description = models.TextField(_("description"), blank=True)
    picture = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="networks", verbose_name=_("picture")
    )

    objects = NetworkQuerySet.as_manager()
    title_field = "name"

    class Meta(Publishable.Meta):
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["order", "pk"]
        constraints = [*Publishable.Meta.constraints, *slug_constraints("network")]
        indexes = [former_slugs_index("network")]

    def __str__(self):
        return self.acronym or self.official_name

    def get_absolute_url(self):
        return reverse("networks:network_detail", kwargs={"slug": self.slug})

    def clean(self):
        if self.pk and self.parent_network_id == self.pk:
            raise ValidationError({"parent_network": _("A network cannot be part of itself.")})

    @property
    def cover(self):
        return {"seed": f"network-{self.pk}"}

    @property
    def name_differs(self):
        """Does the page's language have another name for it than the official one?"""
        return text_of(self, "name").text != self.official_name

    @property
    def country_names(self):
        return [country_name(code) for code in self.countries]


class Membership(models.Model):
    """A city in a network."""

    city = models.ForeignKey(City, models.CASCADE, related_name="memberships", verbose_name=_("city"))
    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships", verbose_name=_("network"))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["city", "network"],
                name="one_membership_per_city_and_network",
                violation_error_message=_("This city is already in the network."),
            )
        ]

    def __str__(self):
        return f"{self.city} – {self.network}"


class NetworkEditor(models.Model):
    """Who has such a row sees and edits the items of these networks only: see `desk.scope`."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="network_editor", verbose_name=_("user")
    )
    networks = models.ManyToManyField(
        Network,
        related_name="editors",
        verbose_name=_("networks"),
        help_text=_("This person sees and edits the events, news, pages and pictures of these networks, no others."),
    )

    class Meta:
        verbose_name = _("network editor")
        verbose_name_plural = _("network editors")

    def __str__(self):
        return str(self.user)
