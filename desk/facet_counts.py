"""“Show counts” in a list of the admin: how many rows each choice of each filter would find.

Django asks the database once for each filter, and each time finds the rows of the list anew. Filters that nobody has
used all count among the rows of the list itself, so their choices are counted in one look at these. A filter in use
counts among the rows that there would be without it, and asks for itself.
"""

from __future__ import annotations

from django.contrib.admin import FieldListFilter, RelatedFieldListFilter
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import Count
from django.utils.functional import cached_property


class FacetCounts:
    """The counts of the filters of one list. Takes the place of what Django's filters ask."""

    def __init__(self, change_list, request, specs):
        self.list, self.request, self.specs = change_list, request, specs
        for spec in specs:
            spec.get_facet_queryset = lambda _list, spec=spec: self.of(spec)

    def of(self, spec) -> dict[str, int]:
        """{name of a count, as the filter gave it: how many rows}."""
        if spec in self.together:
            return self.counted_together[spec]
        rows = self.rows_for(spec)
        if hasattr(spec, "count_facets"):  # it knows a table where that is cheaper
            keys = None if spec.used_parameters or not self.list.query else self.list.found_keys
            return spec.count_facets(self.list.model, rows, keys)
        if is_many_valued(spec, self.list.lookup_opts) and isinstance(spec, RelatedFieldListFilter):
            return counted_by_relation(spec, rows)
        return rows.aggregate(**spec.get_facet_counts(self.list.pk_attname, rows))

    def rows_for(self, spec):
        """The rows among which a filter counts: those of the list, whatever this filter leaves out of them."""
        if spec.used_parameters:
            rows = self.list.get_queryset(self.request, exclude_parameters=spec.expected_parameters())
        else:
            rows = self.list.rows_of_list()
        return rows.order_by()

    @cached_property
    def together(self) -> list:
        """The filters that can be counted in one query: a row has one value for each, so none makes it two rows."""
        apart = [
            spec
            for spec in self.specs
            if spec.used_parameters or hasattr(spec, "count_facets") or is_many_valued(spec, self.list.lookup_opts)
        ]
        return [spec for spec in self.specs if spec not in apart]

    @cached_property
    def counted_together(self) -> dict:
        rows = self.rows_for(self.together[0])
        names = [
            (f"{at}_{name}", spec, name, count)
            for at, spec in enumerate(self.together)
            for name, count in spec.get_facet_counts(self.list.pk_attname, rows).items()
        ]
        found = rows.aggregate(**{key: count for key, _spec, _name, count in names}) if names else {}
        counts = {spec: {} for spec in self.together}
        for key, spec, name, _count in names:
            counts[spec][name] = found[key]
        return counts


def is_many_valued(spec, opts) -> bool:
    return isinstance(spec, FieldListFilter) and lookup_spawns_duplicates(opts, spec.field_path)


def counted_by_relation(spec, rows) -> dict[str, int]:
    """By what a row is related to, in one group each, rather than once for each choice."""
    grouped = rows.values_list(spec.field_path).annotate(Count("pk", distinct=True))
    found = {f"{'' if key is None else key}__c": count for key, count in grouped}
    names = [f"{key}__c" for key, _label in spec.lookup_choices] + ["__c"]
    return {name: found.get(name, 0) for name in names}
