"""What is translated: the models, their texts and the columns that hold them, as modeltranslation knows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import models
from modeltranslation.translator import translator

from publishing.plain_text import plain
from publishing.rich_text import RichTextField
from translations.texts import ALL_LANGUAGES


@dataclass(frozen=True)
class Kind:
    """One model with translated texts. `name` is its label, for example "agenda.event".

    Every item says itself in which language it was first written, words of a vocabulary and projects of winners too:
    a default of the site's would make an original of texts that nobody wrote.
    """

    name: str
    model: type[models.Model]
    fields: tuple[str, ...]
    rich: frozenset[str]
    title_field: str

    @property
    def columns(self):
        """Every column whose change can make a translation stale, or fresh again."""
        texts = [f"{field}_{code}" for field in self.fields for code in ALL_LANGUAGES]
        return [*texts, "source_language"]

    def source_of(self, row):
        """The language in which an item was first written; `row` maps columns to values."""
        return row.get("source_language") or settings.LANGUAGE_CODE

    def title_of(self, row):
        """The item's title in its source language, else in any, for lists; "" where it has none."""
        codes = [self.source_of(row), *ALL_LANGUAGES]
        return next(filter(None, (row.get(f"{self.title_field}_{code}") for code in codes)), "")

    def titles_of(self, row):
        """The item's titles in all languages, a line each, without accents and capitals."""
        titles = (plain(row.get(f"{self.title_field}_{code}") or "") for code in ALL_LANGUAGES)
        return "\n".join(dict.fromkeys(" ".join(title.split()) for title in titles if title))


@cache
def kinds():
    """{name: Kind} of everything that is translated.

    Left out: slugs, which are addresses, and texts that never fall back to another language; these are names of
    their own (a city's exonym) and no translations of anything.
    """
    found = {}
    for model in translator.get_registered_models(abstract=False):
        options = translator.get_options_for_model(model)
        fallback = getattr(options, "fallback_languages", None)
        fields = tuple(name for name in options.all_fields if name != "slug")
        if not fields or fallback == {"default": ()}:
            continue
        title_field = getattr(model, "title_field", "title")
        found[model._meta.label_lower] = Kind(
            name=model._meta.label_lower,
            model=model,
            fields=fields,
            rich=frozenset(name for name in fields if isinstance(model._meta.get_field(name), RichTextField)),
            title_field=title_field if title_field in fields else fields[0],
        )
    return found
