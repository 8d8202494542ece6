"""Filters of the admin's lists by conditions about an item."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from publishing.shown_state import ShownState, in_shown_state


class ConditionFilter(admin.SimpleListFilter):
    """A filter whose choices are conditions about a row: "Show counts" asks for all of them in one look at each row.

    Django's own would find the rows of every choice, and then look for each row of the list among them.
    """

    def condition(self, value, model):
        """The condition for a choice as a `Q` or `Exists`; None for what nobody offers."""
        raise NotImplementedError

    def queryset(self, request, queryset):
        condition = self.condition(self.value(), queryset.model)
        return queryset if condition is None else queryset.filter(condition)

    def get_facet_counts(self, pk_attname, filtered_qs):
        conditions = (self.condition(value, filtered_qs.model) for value, _label in self.lookup_choices)
        return {f"{at}__c": Count(pk_attname, filter=condition) for at, condition in enumerate(conditions)}


class StateFilter(ConditionFilter):
    title = _("state")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return ShownState.choices

    def condition(self, value, model):
        return in_shown_state(value) if value in ShownState.values else None
