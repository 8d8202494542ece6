"""Addresses of items: one translated slug per language, filled when empty, and never lost."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publishing.former_slugs import SLUG_LENGTH, Moved, RemembersAddresses, had_in_any_language, numbered, rows_with
from publishing.shadowed_addresses import is_shadowed

# What Unicode decomposition leaves alone but readers of Latin script expect to be spelled out.
SPELLED_OUT = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "·": ""}
    | dict.fromkeys("’'‘`/–—", "-")
)

SLUG = re.compile(rf"[-a-zA-Z0-9_]{{1,{SLUG_LENGTH}}}")


def languages():
    return [code for code, name in settings.LANGUAGES]


def make_slug(text):
    """ASCII words joined by hyphens, whole ones; "" where a text has no Latin letter or digit at all."""
    slug = re.sub(r"-+", "-", slugify(text.translate(SPELLED_OUT))).strip("-")
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return slug


def slug_constraints(label):
    """For each language: every item has a slug, and no two have the same.

    `unique=True` would make modeltranslation’s base column unique too. An item without a slug would break each list
    that links to it; `save` fills the slugs, so this refuses only what goes past it.
    """
    unique = [
        models.UniqueConstraint(
            fields=[f"slug_{code}"],
            name=f"{label}_slug_{code}_unique",
            violation_error_message=_("Another item has this address in the same language."),
        )
        for code in languages()
    ]
    filled = [
        models.CheckConstraint(
            condition=models.Q(**{f"slug_{code}__isnull": False}) & ~models.Q(**{f"slug_{code}": ""}),
            name=f"{label}_slug_{code}_filled",
        )
        for code in languages()
    ]
    return unique + filled


class Sluggable(RemembersAddresses):
    slug = models.SlugField(
        _("address"),
        max_length=SLUG_LENGTH,
        blank=True,
        db_index=False,
        help_text=_("Last part of the page’s address. Empty: made from the title. The old address keeps working."),
    )

    class Meta:
        abstract = True

    title_field = "title"

    def slug_columns(self):
        return {code: f"slug_{code}" for code in languages()}

    def columns_of_slugs(self):
        return [*super().columns_of_slugs(), *(f"{self.title_field}_{code}" for code in languages())]

    def slug_source(self, language):
        """The text that an empty slug is made from, in one language; "" where there is none."""
        return getattr(self, f"{self.title_field}_{language}") or ""

    def fill_slugs(self, before):
        source = self.source_language
        for code in [source, *[code for code in languages() if code != source]]:
            slug, title = f"slug_{code}", f"{self.title_field}_{code}"
            # The slug was borrowed from the source language; now the language has a title of its own.
            if before and getattr(self, slug) == before[slug] and not before[title] and getattr(self, title):
                setattr(self, slug, "")
            if not getattr(self, slug):
                text = make_slug(self.slug_source(code)) or getattr(self, f"slug_{source}")
                setattr(self, slug, self.free_slug(text or make_slug(type(self).__name__), code))

    def free_slug(self, slug, language):
        """The slug, with a number where it leads to another item, once led to one, or leads to another view."""
        return next(
            candidate
            for candidate in numbered(slug)
            if not self.is_taken(candidate, language) and not is_shadowed(self, language, candidate)
        )

    def clean_fields(self, exclude=None):
        """Here rather than in `clean`, which models have for rules of their own."""
        errors = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for code, column in self.slug_columns().items():
            slug = getattr(self, column)
            if slug and column not in errors and column not in (exclude or ()) and is_shadowed(self, code, slug):
                errors[column] = [_("The site shows something else at this address. Choose another one.")]
        if errors:
            raise ValidationError(errors)


def get_by_slug(queryset, slug, language=None, address_of=None):
    """The item at this address in the current language. `queryset`: see `find_by_slug`.

    `address_of` tells where else than on its page an item is shown: its calendar moves along with it.
    Raises `Moved` where the slug is an older one or another language's, `Http404` where nobody ever had it.
    """
    language = language or get_language()
    item = find_by_slug(queryset, slug, language)
    if item is None:
        raise Http404
    # Without an address of its own here, there is nowhere to send the visitor to.
    if getattr(item, f"slug_{language}") in (slug, "", None):
        return item
    raise Moved(address_of(item) if address_of else item.get_absolute_url())


def one_by_slug(queryset, slug):
    """The item that a parameter of an address names, as `find_by_slug` does; None where it names none.

    What was subscribed to goes on: a feed or calendar by a former address, too. Raises Http404 for what nothing ever
    had: an answer without that part of the choice would be a wrong one.
    """
    if not slug:
        return None
    item = find_by_slug(queryset, slug) if SLUG.fullmatch(slug) else None
    if item is None:
        raise Http404
    return item


def find_by_slug(queryset, slug, language=None):
    """The item that a slug means, old ones and those of other languages included; None where nobody ever had it.

    Given a module's function that makes the queryset, its first query is prepared.
    Whoever has the slug in this language goes before those that once had it, and these before other languages.
    """
    language = language or get_language()
    column = f"slug_{language}"
    if callable(queryset):
        found, queryset = rows_with(queryset, column)(slug), queryset()
    else:
        found = queryset.filter(**{column: slug}).order_by()[:1]
    for item in found:
        return item
    elsewhere = models.Q()
    for code in languages():
        elsewhere |= models.Q(**{f"slug_{code}": slug})
    # Asked apart: joined by "or", PostgreSQL would read every row.
    candidates = [*queryset.filter(elsewhere), *had_in_any_language(queryset, [slug])]
    ranked = [(rank, item.pk, item) for item in candidates if (rank := claim(item, slug, language))]
    return min(ranked, key=lambda claimed: claimed[:2])[2] if ranked else None


def claim(item, slug, language):
    """How well an item answers to a slug that is nobody's in this language; 0: not at all."""
    if item.had_slug(language, slug):
        return 1
    if slug in [getattr(item, column) for column in item.slug_columns().values()]:
        return 2
    return 3 if any(item.had_slug(code, slug) for code in languages()) else 0
