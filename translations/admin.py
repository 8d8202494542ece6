"""The matrix of items and languages, and who translates into which."""

import copy
import re

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import prefetch_related_objects
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from desk.admin import ItemAdmin
from desk.single_row import SingleRowAdmin
from translations import ledger, matrix, translator_page
from translations.first_met import ORDER, with_order
from translations.forms import TranslatorLanguagesForm
from translations.list_filters import AgeFilter, KindFilter, LanguageFilter, NetworkFilter, TranslationStateFilter
from translations.models import State, TranslatedItem, TranslatedOnly, TranslatorLanguages
from translations.rights import languages_of_translator, visible_items, visible_kinds
from translations.wanted import Wanted, needing_work, titled

PARTS_OF_SEARCH = re.compile(r'"([^"]+)"|([^\s"]+)')


class MatrixList(ChangeList):
    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.title = capfirst(self.opts.verbose_name_plural)

    def get_queryset(self, request, exclude_parameters=None):
        self.wanted = Wanted.from_query(request.GET, self.model_admin.languages_for(request))
        self.in_any_state = super().get_queryset(request, exclude_parameters)
        return self.wanted.narrow(self.in_any_state)

    def counts(self):
        asked_for_less = set(self.filter_params) - {"language", "state", "age"} or self.query
        return self.wanted.counts(self.in_any_state if asked_for_less or self.root_queryset.query.where else None)


@admin.register(TranslatedItem)
class TranslatedItemAdmin(admin.ModelAdmin):
    """The rows follow from the content, so there is nothing to add, change or delete here."""

    actions = None
    list_display_links = None
    list_filter = [LanguageFilter, TranslationStateFilter, AgeFilter, KindFilter, NetworkFilter]
    list_per_page = 50
    search_fields = ["title"]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    sortable_by = ()

    class Media:
        css = {"all": ["admin-look/translations.css", "admin-look/word-changes.css"]}
        js = ["admin-look/translator-draft.js"]

    def get_urls(self):
        address = "translations_translateditem"
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name=f"{address}_changelist"),
            path("<int:pk>/<slug:language>/", view(self.translate_view), name=f"{address}_translate"),
            path("<int:pk>/<slug:language>/next/", view(self.next_view), name=f"{address}_next"),
        ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return bool(visible_kinds(request))

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def languages_for(self, request):
        """Asked of the database once a request."""
        if not hasattr(request, "translator_languages"):
            request.translator_languages = languages_of_translator(request.user)
        return request.translator_languages

    def get_changelist(self, request, **kwargs):
        return MatrixList

    def get_ordering(self, request):
        return ORDER

    def get_queryset(self, request):
        # Not super's, which would sort before there is anything to sort by.
        items, visible = TranslatedItem.objects.defer("titles"), visible_items(request)
        return with_order(items if visible is None else items.filter(visible)).order_by(*ORDER)

    def get_search_results(self, request, queryset, search_term):
        """By the title in any language. Words may stand in any order, what is quoted stays together."""
        return queryset.filter(*(titled(part[0] or part[1]) for part in PARTS_OF_SEARCH.findall(search_term))), False

    def changelist_view(self, request, extra_context=None):
        waiting = ledger.refresh(limit=ledger.ITEMS_TO_CATCH_UP)
        response = super().changelist_view(request, {"waiting": waiting})
        context = getattr(response, "context_data", None) or {}
        if found := context.get("cl"):
            languages = self.languages_for(request)
            items = list(found.result_list)
            prefetch_related_objects(items, "statuses")
            context |= {
                "columns": matrix.columns(languages),
                "rows": matrix.rows(items, languages, matrix.carried(request.GET)),
                "states": [(state, matrix.SIGNS[state]) for state in State],
                "counts": matrix.count_table(found.counts(), languages, request.GET),
            }
            response.context_data = context
        return response

    def translate_view(self, request, pk, language):
        return translator_page.translate(self, request, pk, language)

    def next_view(self, request, pk, language):
        """On without saving."""
        return translator_page.go_on(self, request, language, self.key_of_next(request, pk, language))

    def key_of_next(self, request, pk, language):
        """The item that follows in the matrix as it is filtered, among those that need work; None after the last."""
        asked = copy.copy(request)
        asked.GET = request.GET.copy()
        if "language" in asked.GET:
            asked.GET["language"] = language
        try:
            items = self.get_changelist_instance(asked).queryset
        except IncorrectLookupParameters:
            items = self.get_queryset(request).order_by(*ORDER)
        pks = list(needing_work(items, language).values_list("pk", flat=True))
        at = pks.index(pk) + 1 if pk in pks else 0
        return next((other for other in pks[at:] + pks[:at] if other != pk), None)


@admin.register(TranslatorLanguages)
class TranslatorLanguagesAdmin(ItemAdmin):
    form = TranslatorLanguagesForm
    autocomplete_fields = ["user"]
    list_display = ["user", "languages_column"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]

    @admin.display(description=TranslatorLanguages._meta.get_field("languages").verbose_name)
    def languages_column(self, row):
        return ", ".join(str(name) for code, name in matrix.columns(row.languages))


@admin.register(TranslatedOnly)
class TranslatedOnlyAdmin(SingleRowAdmin, ItemAdmin):
    """There is one: the link in the index leads straight to it."""

    fieldsets = [
        (
            _("Only what is translated"),
            {
                "fields": ["agenda", "news", "focus_experience", "bank", "publications"],
                "description": _(
                    "An item that is not translated stands in all lists and says there in which language it is. "
                    "For the sections that you tick here it is left out instead: lists, blocks of other pages, "
                    "calendars and feeds then show in each language only what has a title in it. The item’s own page "
                    "stays where it is."
                ),
            },
        ),
    ]
