"""The vocabularies by which experiences are described."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from translations.models import Translated

validate_colour = RegexValidator(r"^#[0-9A-Fa-f]{6}$", _("A colour like #C5192D."))


class Theme(Translated):
    key = models.SlugField(_("key"), unique=True, help_text=_("Part of addresses; also chooses the cover’s colours."))
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title_field = "name"

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name or self.key


class TargetGroup(Translated):
    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title_field = "name"

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name or self.key


class Sdg(Translated):
    """A Sustainable Development Goal of the United Nations."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    color = models.CharField(_("colour"), max_length=7, validators=[validate_colour])
    text_color = models.CharField(_("colour of text on it"), max_length=7, validators=[validate_colour])

    title_field = "name"

    class Meta:
        verbose_name = _("Sustainable Development Goal")
        verbose_name_plural = _("Sustainable Development Goals")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}. {self.name}"


class CharterPart(Translated):
    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title_field = "name"

    class Meta:
        verbose_name = _("part of the Charter")
        verbose_name_plural = _("parts of the Charter")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name or self.key


class CharterPrinciple(Translated):
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    part = models.ForeignKey(CharterPart, models.PROTECT, related_name="principles", verbose_name=_("part"))
    label = models.CharField(_("short label"), max_length=200)

    title_field = "label"

    class Meta:
        verbose_name = _("Charter principle")
        verbose_name_plural = _("Charter principles")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}. {self.label}"
