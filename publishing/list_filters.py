"""Filters of the admin's lists that every kind of item has."""

from django.conf import settings
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.shown_state import ShownState, in_shown_state
from publishing.slugs import languages


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return ShownState.choices

    def queryset(self, request, queryset):
        return queryset.filter(in_shown_state(self.value())) if self.value() in ShownState.values else queryset


class MissingLanguageFilter(admin.SimpleListFilter):
    title = _("translation missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        if self.value() not in languages():
            return queryset
        title = f"{getattr(queryset.model, 'title_field', 'title')}_{self.value()}"
        return queryset.filter(Q(**{f"{title}__isnull": True}) | Q(**{title: ""}))
