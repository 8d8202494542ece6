"""The filters of the matrix. Language, state and age only offer choices: `translations.wanted` acts on all three."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from desk.admin import title_of
from publishing.collation import collation_key
from translations.kinds import kinds
from translations.rights import visible_kinds
from translations.wanted import AGES, STATES


class KindFilter(admin.SimpleListFilter):
    title = _("type")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        found = visible_kinds(request)
        return sorted(
            ((kind.name, capfirst(kind.model._meta.verbose_name)) for kind in found), key=lambda c: collation_key(c[1])
        )

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        mine = model_admin.languages_for(request)
        return [(code, name) for code, name in settings.LANGUAGES if code in mine]

    def queryset(self, request, queryset):
        return queryset


class TranslationStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return STATES

    def queryset(self, request, queryset):
        return queryset


class AgeFilter(admin.SimpleListFilter):
    title = _("time in this state")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return AGES

    def queryset(self, request, queryset):
        return queryset


class NetworkFilter(admin.SimpleListFilter):
    """Items that name a network as theirs, and the network itself. Knows models by their columns alone."""

    title = _("network")
    parameter_name = "network"

    def lookups(self, request, model_admin):
        self.owned, model = [], None
        for kind in kinds().values():
            try:
                field = kind.model._meta.get_field("network")
            except FieldDoesNotExist:
                continue
            if field.many_to_one:
                self.owned.append(kind)
                model = field.related_model
        if model is None:
            return []
        self.own = kinds().get(model._meta.label_lower)
        return sorted(
            ((str(row.pk), title_of(row)[0] or str(row)) for row in model.objects.all()),
            key=lambda c: collation_key(c[1]),
        )

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        found = Q(kind=self.own.name, item=self.value()) if self.own else Q()
        for kind in self.owned:
            found |= Q(kind=kind.name, item__in=kind.model._base_manager.filter(network=self.value()).values("pk"))
        return queryset.filter(found)
