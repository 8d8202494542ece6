"""The list of what the checks found, each line a click from the form in which it is mended."""

from django.contrib import admin
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from checks.findings import Severity
from checks.models import KeptFinding
from checks.site import looked_at_models
from desk.scope import shown_rows
from publishing.admin_address import admin_address
from publishing.shown_state import moment_text


def findings_shown_to(request):
    """The findings in items that somebody may change."""
    wanted = Q(pk__in=[])
    for model in looked_at_models():
        own = admin.site._registry.get(model)
        if own is None or not own.has_change_permission(request):
            continue
        part, rows = Q(kind=model._meta.label_lower), shown_rows(request, own)
        wanted |= part & Q(item__in=rows.values("pk")) if rows.query.where else part
    return KeptFinding.objects.filter(wanted)


class SeverityFilter(admin.SimpleListFilter):
    title = _("weight")
    parameter_name = "severity"

    def lookups(self, request, model_admin):
        return Severity.choices

    def queryset(self, request, queryset):
        return queryset.filter(severity=self.value()) if self.value() in Severity.values else queryset


class KindFilter(admin.SimpleListFilter):
    title = _("type")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [
            (model._meta.label_lower, capfirst(model._meta.verbose_name_plural))
            for model in looked_at_models()
            if (own := admin.site._registry.get(model)) and own.has_change_permission(request)
        ]

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(KeptFinding)
class KeptFindingAdmin(admin.ModelAdmin):
    """Nothing can be changed here: a finding goes when what it says is mended and saved."""

    list_display = ["item_column", "kind_column", "weight_column", "text_column", "found_column"]
    list_display_links = None
    list_filter = [SeverityFilter, KindFilter]
    list_per_page = 50
    search_fields = ["title"]

    class Media:
        css = {"all": ["admin-look/findings.css"]}

    def get_queryset(self, request):
        return findings_shown_to(request).order_by("-severity", "kind", "item", "pk")

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.title = capfirst(self.opts.verbose_name_plural)
        return changelist

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A finding has no page of its own."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return redirect(admin_address(row.kind, row.item) or admin_address(KeptFinding))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("item"))
    def item_column(self, row):
        address = admin_address(row.kind, row.item)
        return format_html('<a href="{}">{}</a>', address, row.title) if address else row.title

    @admin.display(description=_("type"))
    def kind_column(self, row):
        names = {model._meta.label_lower: model._meta.verbose_name for model in looked_at_models()}
        return capfirst(names.get(row.kind, row.kind))

    @admin.display(description=_("weight"))
    def weight_column(self, row):
        label = Severity(row.severity).label
        return format_html(
            '<span class="finding-{}"><span class="finding-severity">{}</span></span>', row.severity, label
        )

    @admin.display(description=_("what was found"))
    def text_column(self, row):
        place, shown = row.finding.place, row.finding.shown
        return format_html('<span class="finding-place">{}:</span> {}', place, shown) if place else shown

    @admin.display(description=_("found"), ordering="found_at")
    def found_column(self, row):
        return moment_text(row.found_at)
