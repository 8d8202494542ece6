"""Lists of the admin that ask the database for no more than they show, and look for words once."""

import json

from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.utils.text import capfirst, smart_split, unescape_string_literal

from desk.list_filters import note_copies
from desk.listed_items import holding, listed_kinds, spell, title_field
from publishing.models import Publishable
from publishing.paging import RowPaginator
from publishing.search_columns import PLAINLY, parts_of, rows_with_words, search_columns
from publishing.slugs import languages

# So many found items are named by their keys; of more, those of a page.
MOST_KEYS = 400


class LeanChangeList(ChangeList):
    """A list shows no long text, so none is fetched: with five languages a row can weigh a hundred kilobytes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_popup:
            self.title = capfirst(self.opts.verbose_name_plural)

    def get_queryset(self, request, exclude_parameters=None):
        title = title_field(self.model)
        # An action that saves needs the former slugs of each row, and the languages of a row are those of its title.
        needed = {"former_slugs", title, *(f"{title}_{code}" for code in languages())}
        long_texts = {field.name for field in self.opts.concrete_fields if isinstance(field, models.TextField)}
        if self.query and exclude_parameters is not None:
            return self.found_without(request, exclude_parameters)
        rows = super().get_queryset(request, exclude_parameters)
        if self.query:
            rows = self.found(request, rows)
        return rows.defer(*long_texts - needed)

    def found_without(self, request, exclude_parameters):
        """What was found whatever a filter says, to count its choices: each filter would look through all texts."""
        if not hasattr(self, "keys_with_words"):
            rows, _twice = self.model_admin.get_search_results(request, self.root_queryset, self.query)
            self.keys_with_words = keys_of(rows) if self.get_filters_params() else request.found_keys
        query, self.query = self.query, ""
        rows = super().get_queryset(request, exclude_parameters)
        self.query, keys = query, self.keys_with_words
        return rows.filter(Among(models.F("pk"), keys)) if len(keys) > MOST_KEYS else rows.filter(pk__in=keys)

    def found(self, request, rows):
        """The rows that somebody's words were looked for in, which is done once: to count them, to find a page of them
        and the choices of years above the list would each look anew, through every text of the table."""
        keys = request.found_keys = keys_of(rows)
        if len(keys) > MOST_KEYS:
            return rows  # the paginator knows the keys
        by_key = self.root_queryset.filter(pk__in=keys).order_by(*rows.query.order_by)
        by_key.query.select_related = rows.query.select_related
        return by_key

    def get_results(self, request):
        super().get_results(request)
        if issubclass(self.model, Publishable):
            note_copies(self.result_list, self.model)


class PlainSearchAdmin(admin.ModelAdmin):
    """Looks for words in all columns of an item at once, and knows after that which items there are."""

    def get_search_fields(self, request):
        return search_columns(self.model, super().get_search_fields(request))

    def get_search_results(self, request, queryset, search_term):
        columns = self.get_search_fields(request)
        plain = [column for column in columns if column.endswith(PLAINLY)]
        # A number, or a path with a sign or over several rows, is looked for as Django does.
        if not plain or len(plain) < len(columns) or any(lookup_spawns_duplicates(self.opts, one) for one in plain):
            return super().get_search_results(request, queryset, search_term)
        words = [
            unescape_string_literal(word) if word[0] == word[-1] and word[0] in "\"'" and len(word) > 1 else word
            for word in smart_split(search_term)
        ]
        if not words:
            return queryset, False
        if self.model._meta.label_lower not in listed_kinds():
            return rows_with_words(queryset, plain, words), False
        spell(self.model)
        _own, related = parts_of(plain)
        for word in words:
            found = models.Q(holding(self.model, word))
            for path, names in related.items():
                found |= models.Q(pk__in=rows_named(self.model, path, names, word))
            queryset = queryset.filter(found)
        return queryset, False

    def get_paginator(self, request, queryset, per_page, orphans=0, allow_empty_first_page=True):
        keys = getattr(request, "found_keys", None)
        return RowPaginator(queryset, per_page, orphans, allow_empty_first_page, keys=keys)


class Among(models.Lookup):
    """Whether a number is one of a list, which may be longer than a statement has room for parameters."""

    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        """With a sign that keeps SQLite from fetching the rows one by one: it reads an index and looks each key up."""
        column, params = self.process_lhs(compiler, connection)
        return f"+{column} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.rhs)]  # noqa: S608 - a column

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, self.rhs]


def keys_of(rows):
    """By plain rows: modeltranslation's take half as long as a search to hand on twenty thousand numbers."""
    plain = models.QuerySet(rows.model, query=rows.query.chain(), using=rows.db)
    return list(plain.values_list("pk", flat=True))


def rows_named(model, path, columns, word):
    """The keys of rows that lead by a path ("city") to one that holds a word in its own columns.

    Keys, found by the index of the relation: the list itself can then be read in an index, without the rows.
    """
    related = model
    for name in path.split("__"):
        related = related._meta.get_field(name).related_model
    named = rows_with_words(models.QuerySet(related), columns, [word]).order_by()
    return models.QuerySet(model).filter(**{f"{path}__in": named.values("pk")}).order_by().values("pk")
