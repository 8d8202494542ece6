"""Lists of the admin that ask the database for no more than they show, and look for words once."""

from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.utils.text import capfirst, smart_split, unescape_string_literal

from desk.facet_counts import FacetCounts
from desk.list_filters import note_copies
from desk.listed_items import holding, listed_kinds, spell, title_field
from desk.row_keys import MOST_KEYS, among, keys_of
from publishing.models import Publishable
from publishing.paging import RowPaginator
from publishing.search_columns import PLAINLY, parts_of, rows_with_words, search_columns
from publishing.slugs import languages


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
        rows = self.narrowed(request, exclude_parameters)
        if self.query and exclude_parameters is None:
            rows = self.found(request, rows)
        return rows.defer(*long_texts - needed)

    def get_filters(self, request):
        specs, *others = super().get_filters(request)
        if self.add_facets:
            FacetCounts(self, request, specs)
        return specs, *others

    def narrowed(self, request, exclude_parameters):
        """What the filters and somebody's words leave. With counts, words are looked for once, whatever filters say:
        each filter in use would look through all texts anew."""
        if not (self.query and self.add_facets and self.get_filters_params()):
            return super().get_queryset(request, exclude_parameters)
        if not hasattr(self, "keys_with_words"):
            rows, _twice = self.model_admin.get_search_results(request, self.root_queryset, self.query)
            self.keys_with_words = keys_of(rows.order_by())
        query, self.query = self.query, ""
        rows = super().get_queryset(request, exclude_parameters)
        self.query = query
        return among(rows, self.keys_with_words)

    def rows_of_list(self):
        """The rows of all pages of the list, to count them by something."""
        if not self.query:
            return self.queryset
        return among(self.root_queryset, self.found_keys)

    def found(self, request, rows):
        """The rows that somebody's words were looked for in, which is done once: to count them, to find a page of them
        and the choices of years above the list would each look anew, through every text of the table."""
        keys = request.found_keys = self.found_keys = keys_of(rows)
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


def rows_named(model, path, columns, word):
    """The keys of rows that lead by a path ("city") to one that holds a word in its own columns.

    Keys, found by the index of the relation: the list itself can then be read in an index, without the rows.
    """
    related = model
    for name in path.split("__"):
        related = related._meta.get_field(name).related_model
    named = rows_with_words(models.QuerySet(related), columns, [word]).order_by()
    return models.QuerySet(model).filter(**{f"{path}__in": named.values("pk")}).order_by().values("pk")
