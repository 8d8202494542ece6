"""Addresses of items: one translated slug per language, filled when empty, and never lost.

A slug that changed stays in `former_slugs`, so that an address once published redirects for good.
"""

import re

from django.conf import settings
from django.db import models
from django.http import Http404
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SLUG_LENGTH = 120
# What Unicode decomposition leaves alone but readers of Latin script expect to be spelled out.
SPELLED_OUT = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "·": ""}
    | dict.fromkeys("’'‘`/–—", "-")
)


def languages():
    return [code for code, name in settings.LANGUAGES]


def make_slug(text):
    """ASCII words joined by hyphens, whole ones; "" where a text has no Latin letter or digit at all."""
    slug = re.sub(r"-+", "-", slugify(text.translate(SPELLED_OUT))).strip("-")
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return slug


def slug_constraints(label):
    """One unique constraint per language. `unique=True` would make modeltranslation’s base column unique too."""
    return [
        models.UniqueConstraint(
            fields=[f"slug_{code}"],
            name=f"{label}_slug_{code}_unique",
            violation_error_message=_("Another item has this address in the same language."),
        )
        for code in languages()
    ]


class Moved(Exception):
    """The item asked for lives at another address; `public_page` answers with a permanent redirect."""

    def __init__(self, url):
        super().__init__(url)
        self.url = url


class Sluggable(models.Model):
    slug = models.SlugField(
        _("address"),
        max_length=SLUG_LENGTH,
        blank=True,
        db_index=False,
        help_text=_("Last part of the page’s address. Empty: made from the title. The old address keeps working."),
    )
    former_slugs = models.TextField(editable=False, blank=True, default="")

    class Meta:
        abstract = True

    title_field = "title"

    def save(self, *args, **kwargs):
        self.fill_slugs()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "former_slugs", *map("slug_{}".format, languages())}
        super().save(*args, **kwargs)

    def slug_source(self, language):
        """The text that an empty slug is made from, in one language; "" where there is none."""
        return getattr(self, f"{self.title_field}_{language}") or ""

    def fill_slugs(self):
        columns = [name for code in languages() for name in (f"slug_{code}", f"{self.title_field}_{code}")]
        before = type(self)._base_manager.filter(pk=self.pk).values(*columns).first() if self.pk else None
        source = self.source_language
        for code in [source, *[code for code in languages() if code != source]]:
            slug = getattr(self, f"slug_{code}")
            if before and slug and slug == before[f"slug_{code}"]:
                # The slug was borrowed from the source language; now the language has a title of its own.
                borrowed = not before[f"{self.title_field}_{code}"] and getattr(self, f"{self.title_field}_{code}")
                if borrowed:
                    slug = ""
            if not slug:
                text = make_slug(self.slug_source(code)) or getattr(self, f"slug_{source}")
                slug = self.free_slug(text or make_slug(type(self).__name__), code)
                setattr(self, f"slug_{code}", slug)
            if before and before[f"slug_{code}"] and before[f"slug_{code}"] != slug:
                self.remember_slug(code, before[f"slug_{code}"])

    def free_slug(self, slug, language):
        others = type(self)._base_manager.exclude(pk=self.pk)
        candidate, number = slug, 2
        while others.filter(**{f"slug_{language}": candidate}).exists():
            candidate = f"{slug[: SLUG_LENGTH - 6]}-{number}"
            number += 1
        return candidate

    def remember_slug(self, language, slug):
        mark = f" {language}:{slug} "
        if mark not in self.former_slugs:
            self.former_slugs += mark


def get_by_slug(queryset, slug, language=None):
    """The item at this address in the current language.

    Raises `Moved` where the slug is an older one or another language's, `Http404` where nobody ever had it.
    """
    language = language or get_language()
    found = queryset.filter(**{f"slug_{language}": slug}).first()
    if found:
        return found
    elsewhere = models.Q(former_slugs__contains=f" {language}:{slug} ")
    for code in languages():
        elsewhere |= models.Q(**{f"slug_{code}": slug}) | models.Q(former_slugs__contains=f" {code}:{slug} ")
    moved = queryset.filter(elsewhere).order_by("pk").first()
    if moved:
        raise Moved(moved.get_absolute_url())
    raise Http404
