"""Where a menu entry or a highlight leads: to one item of the site, to a section of it, or elsewhere."""

from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from translations.texts import columns

# Sections by the name that editors choose, and the URL that shows them. A section whose URL
# does not exist (yet) is not linked: see `Targeted.target_url`.
SECTION_URLS = {
    "cities": "networks:city_list",
    "networks": "networks:network_list",
    "agenda": "agenda:event_list",
    "bank": "experiences:experience_list",
    "focus_experience": "experiences:focus_list",
    "publications": "publications:publication_list",
    "news": "news:post_list",
    "newsletter": "newsletter:signup",
}
ITEM_FIELDS = ("page", "series", "edition", "network", "city", "event", "post", "experience", "publication")


class Section(models.TextChoices):
    CITIES = "cities", _("Member cities")
    NETWORKS = "networks", _("Networks")
    AGENDA = "agenda", _("Agenda")
    BANK = "bank", _("Bank of Experiences")
    FOCUS_EXPERIENCE = "focus_experience", _("Focus Experience")
    PUBLICATIONS = "publications", _("Publications")
    NEWS = "news", _("News")
    NEWSLETTER = "newsletter", _("Newsletter")


def exactly_one_target():
    """A condition that holds when one of the target's columns is filled and the others are not."""
    columns = [*ITEM_FIELDS, "section", "external_url"]

    def filled(column):
        return ~models.Q(**{column: ""}) if column in ("section", "external_url") else ~models.Q(**{column: None})

    condition = models.Q()
    for chosen in columns:
        alternative = models.Q()
        for column in columns:
            alternative &= filled(column) if column == chosen else ~filled(column)
        condition |= alternative
    return condition


class TargetedQuerySet(models.QuerySet):
    def with_targets(self):
        """One query for the entries and just what their addresses are made of."""
        own = [field.name for field in self.model._meta.concrete_fields]
        targets = []
        for name in ITEM_FIELDS:
            targets += [f"{name}__{column}" for column in ("state", "publish_at", "withdraw_at")]
            targets += [f"{name}__slug"] if name == "city" else columns("slug", prefix=f"{name}__")
        targets += ["series__key", *columns("slug", prefix="edition__series__")]
        targets += [f"edition__series__{column}" for column in ("state", "publish_at", "withdraw_at")]
        return self.select_related(*ITEM_FIELDS, "edition__series").only(*own, *targets)


def tables_without_targets(rows):
    """The tables that `with_targets` looked into for nothing: no row leads there, so whatever they hold is the same.

    What leads to another target from now on is a row that changes itself.
    """
    kinds = {name: apps.get_model(Targeted._meta.get_field(name).remote_field.model) for name in ITEM_FIELDS}
    used = {name for row in rows for name in ITEM_FIELDS if getattr(row, f"{name}_id") is not None}
    if "edition" in used:
        used.add("series")
    return {model._meta.db_table for name, model in kinds.items() if name not in used}


class Targeted(models.Model):
    section = models.CharField(_("section of the site"), max_length=30, blank=True, choices=Section)
    page = models.ForeignKey(
        "pages.Page", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    series = models.ForeignKey(
        "editions.Series", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("series")
    )
    edition = models.ForeignKey(
        "editions.Edition", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("edition")
    )
    network = models.ForeignKey(
        "networks.Network", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("network")
    )
    city = models.ForeignKey(
        "networks.City", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("city")
    )
    event = models.ForeignKey(
        "agenda.Event", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("event")
    )
    post = models.ForeignKey(
        "news.Post", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("news post")
    )
    experience = models.ForeignKey(
        "experiences.Experience",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("experience"),
    )
    publication = models.ForeignKey(
        "publications.Publication",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("publication"),
    )
    external_url = models.URLField(_("address elsewhere"), blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_has_exactly_one_target",
                condition=exactly_one_target(),
                violation_error_message=_("Choose exactly one target: a section, one item, or an address elsewhere."),
            )
        ]

    @property
    def target_item(self):
        return next((getattr(self, name) for name in ITEM_FIELDS if getattr(self, f"{name}_id")), None)

    def target_url(self, at=None):
        """The address to link to; "" where the target is not public at that moment or not built."""
        item = self.target_item
        if item is not None:
            return item.get_absolute_url() if item.is_public(at) else ""
        if self.section:
            try:
                return reverse(SECTION_URLS[self.section])
            except NoReverseMatch:
                return ""
        return self.external_url
