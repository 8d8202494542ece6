"""The memory of addresses: a slug that changed stays with its item, so that an address once published redirects."""

from functools import lru_cache
from itertools import count

from django.db import models
from django.http import Http404

from publishing.prepared import prepared

SLUG_LENGTH = 120


class Moved(Exception):
    """The item asked for lives at another address; `public_page` answers with a permanent redirect."""

    def __init__(self, url):
        super().__init__(url)
        self.url = url


def numbered(slug):
    """The slug, then the slug with 2, 3, … after it, never too long for its column."""
    yield slug
    for number in count(2):
        ending = f"-{number}"
        yield slug[: SLUG_LENGTH - len(ending)].rstrip("-") + ending


class RemembersAddresses(models.Model):
    """An item with a slug for each language or, as a city, with one for all of them.

    Slugs are filled on the way into the database; `former_slugs` is searched only when nothing else matches. A model
    names `former_slugs_index` among its indexes.
    """

    # Null, not "", where no address ever changed: almost everywhere, and an index can leave those rows out.
    former_slugs = models.TextField(editable=False, null=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        before = self.as_stored()
        self.fill_slugs(before)
        for language, column in self.slug_columns().items():
            if before.get(column) and before[column] != getattr(self, column):
                self.remember_slug(language, before[column])
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "former_slugs", *self.slug_columns().values()}
        super().save(*args, **kwargs)

    def validate_constraints(self, exclude=None):
        """A form may leave slugs empty, the database may not: between the two, `save` fills them."""
        empty = {column for column in self.slug_columns().values() if not getattr(self, column)}
        super().validate_constraints(exclude={*(exclude or ()), *empty})

    def slug_columns(self):
        """`{language: column}`; the language is "" where the slug is the same in all."""
        return {"": "slug"}

    def fill_slugs(self, before):
        raise NotImplementedError

    def as_stored(self):
        """The columns that the slugs depend on, as they are in the database; nothing for a new item."""
        if not self.pk:
            return {}
        return type(self)._base_manager.filter(pk=self.pk).values(*self.columns_of_slugs()).first() or {}

    def columns_of_slugs(self):
        return [*self.slug_columns().values()]

    def is_taken(self, slug, language=""):
        """Does this slug lead to another item, or did it once?"""
        others = type(self)._base_manager.exclude(pk=self.pk)
        leads = others.filter(**{self.slug_columns()[language]: slug})
        return leads.exists() or ever_moved(others).filter(former_slugs__contains=mark(language, slug)).exists()

    def remember_slug(self, language, slug):
        if not self.had_slug(language, slug):
            self.former_slugs = (self.former_slugs or "") + mark(language, slug)

    def had_slug(self, language, slug):
        return mark(language, slug) in (self.former_slugs or "")


def former_slugs_index(label):
    """The items that ever had another address: few among many."""
    return models.Index(fields=["id"], condition=models.Q(former_slugs__isnull=False), name=f"{label}_former_slugs")


def ever_moved(rows):
    """The rows that have a former slug, by the index of these.

    In a query of its own inside: SQLite would rather read all rows by an index that fits their other conditions.
    """
    moved = rows.model._base_manager.filter(former_slugs__isnull=False).order_by().values("pk")
    return rows.filter(pk__in=moved)


def mark(language, slug):
    return f" {language}:{slug} "


def had_in_any_language(rows, slugs):
    """The rows that once had one of these slugs in any language; `had_slug` tells which one (and its capitals)."""
    condition = models.Q()
    for slug in slugs:
        condition |= models.Q(former_slugs__contains=f":{slug} ")
    return ever_moved(rows).filter(condition)


@lru_cache(200)
def rows_with(build, column):
    """No order: there is one at most, and Django takes long over the order of many columns."""
    return prepared(lambda slug: build().filter(**{column: slug}).order_by()[:1])


def get_by_only_slug(queryset, slug):
    """The item at this address, where the slug is the same in all languages and lower-case.

    `queryset`: a module's function that makes it, whose first query is prepared, or itself.
    Raises `Moved` where the slug is an older one or has capitals, `Http404` where nobody ever had it.
    """
    wanted = slug.lower()
    if callable(queryset):
        found, queryset = next(iter(rows_with(queryset, "slug")(wanted)), None), queryset()
    else:
        found = queryset.filter(slug=wanted).first()
    if found is None:
        candidates = had_in_any_language(queryset, [wanted]).order_by("pk")
        found = next((item for item in candidates if item.had_slug("", wanted)), None)
    if found is None:
        raise Http404
    if found.slug != slug:
        raise Moved(found.get_absolute_url())
    return found
