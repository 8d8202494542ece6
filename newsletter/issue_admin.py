"""Composing an issue: its texts, its items by section, and the pages that lead to its being sent."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Case, Value, When
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from desk.admin import TranslatedAdmin, TranslatedTabularInline
from desk.history.recording import recorded
from newsletter.adding_items import found_items, item_by_key
from newsletter.holdings import HOLDINGS, SECTIONS, holding_of
from newsletter.issue_preview_admin import IssuePreviewAdmin
from newsletter.issue_sending_admin import IssueSendingAdmin
from newsletter.models import Issue, IssuePart
from newsletter.proposal import WEEKS_AHEAD, add_item, propose, since_last_issue
from newsletter.reports_admin import ReportsAdmin
from publishing.admin_address import admin_address
from publishing.forms import TranslatedForm


class IssueForm(TranslatedForm):
    weeks_ahead = forms.IntegerField(
        label=_("Dates of the next … weeks"),
        min_value=1,
        max_value=104,
        initial=WEEKS_AHEAD,
        required=False,
        help_text=_("How far ahead the proposal looks in the agenda."),
    )


class PartInline(TranslatedTabularInline):
    """The items, section by section. New ones come by the proposal or are looked for on a page of their own."""

    model = IssuePart
    template = "admin/newsletter/issuepart/sections.html"
    fields = ["is_kept", "order", "section", "note"]
    max_num = 0
    can_delete = False

    def get_queryset(self, request):
        place = Case(*(When(section=key, then=Value(number)) for number, key in enumerate(SECTIONS)))
        items = [models.QuerySet(holding.model).select_related(*holding.beside) for holding in HOLDINGS]
        rows = super().get_queryset(request).prefetch_related(GenericPrefetch("item", items))
        return rows.order_by(place, "order", "pk")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)


@admin.register(Issue)
class IssueAdmin(IssuePreviewAdmin, IssueSendingAdmin, ReportsAdmin, TranslatedAdmin):
    """Only what is being composed can be changed, by those who may; everything else can be looked at."""

    form = IssueForm
    change_form_template = "admin/newsletter/issue/change_form.html"
    inlines = [PartInline]
    list_display = ["title_column", "state_column", "number", "languages_column", "started_at", "finished_at"]
    list_display_links = ["title_column"]
    list_filter = ["state"]
    fieldsets = [
        (
            None,
            {
                "fields": ["source_language", "subject", "preview_text", "intro"],
                "description": _("What readers see first, in each of their languages."),
            },
        ),
        (_("Who gets it, and how"), {"fields": ["audience", "untranslated"]}),
        (
            _("What it gathers"),
            {
                "fields": [("period_start", "period_end"), "weeks_ahead"],
                "description": _(
                    "What became public in this time, and the next dates, are proposed as soon as you save. "
                    "The period begins where that of the last issue ended."
                ),
            },
        ),
    ]
    search_fields = ["subject"]
    search_help_text = _("Searches in the subjects of every language.")

    class Media:
        css = {"all": ["admin-look/newsletter.css", "admin-look/reports.css"]}
        js = ["admin-look/issue-parts.js"]

    def get_fieldsets(self, request, obj=None):
        """The period comes first while there is nothing else yet. Saving again proposes nothing."""
        texts, reader, period = super().get_fieldsets(request, obj)
        if obj is None:
            return [period, texts, reader]
        return [texts, reader, (period[0], {"fields": [("period_start", "period_end")]})]

    def get_changeform_initial_data(self, request):
        now = timezone.localtime().replace(second=0, microsecond=0)
        audience = request.GET.get("audience", "")
        audience = audience if audience in Issue.Audience.values else Issue.Audience.EVERYBODY
        start = timezone.localtime(since_last_issue(now, audience)).replace(second=0, microsecond=0)
        return {"period_start": start, "period_end": now} | super().get_changeform_initial_data(request)

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj else []

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj is not None and obj.number else None

    # --- rights ---

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request, obj=None):
        """What somebody got stays in the archive."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def is_open_to_translators(self, issue):
        return issue.is_open_to_translators

    def get_actions(self, request):
        return {name: act for name, act in super().get_actions(request).items() if name != "delete_selected"}

    def may_send(self, request):
        """Whoever may compose issues may send them; it is asked of the permission, not of a state."""
        return request.user.has_perm("newsletter.change_issue")

    # --- the proposal ---

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            self.propose(request, form.instance, form.cleaned_data.get("weeks_ahead") or WEEKS_AHEAD)

    def propose(self, request, issue, weeks):
        added = propose(issue, weeks_ahead=weeks)
        if not added:
            self.message_user(request, gettext("Nothing new was found to propose."))
            return
        text = ngettext(
            "%(count)d item is proposed. Drop what does not belong into the letter.",
            "%(count)d items are proposed. Drop what does not belong into the letter.",
            len(added),
        )
        self.message_user(request, text % {"count": len(added)}, messages.SUCCESS)

    def response_add(self, request, obj, post_url_continue=None):
        """On to composing, whichever button was pressed."""
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return redirect(admin_address(obj))

    def get_urls(self):
        def view(of):
            return self.admin_site.admin_view(of)

        return [
            path("<int:pk>/items/", view(self.items_view), name="newsletter_issue_items"),
            *super().get_urls(),
        ]

    def items_view(self, request, pk):
        """Look for any public item and put it in, or have the period proposed again."""
        issue = self.issue_to_change(request, pk)
        if request.method == "POST":
            with recorded(request.user), transaction.atomic():
                Issue.objects.select_for_update().get(pk=pk)
                self.add(request, issue)
            return redirect(request.get_full_path() if "_add" in request.POST else admin_address(issue))
        words = request.GET.get("q", "")[:200]
        items = found_items(issue, words)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": issue,
            "media": self.media,
            "title": gettext("Add an item"),
            "words": words,
            "found": [(item, holding_of(type(item)).content_type.pk) for item in items],
        }
        return TemplateResponse(request, "admin/newsletter/issue/items.html", context)

    def add(self, request, issue):
        if "_propose" in request.POST:
            issue.period_end = timezone.now()
            issue.save(update_fields=["period_end"])
            self.propose(request, issue, WEEKS_AHEAD)
            return
        kind, _dot, key = request.POST.get("_add", "").partition(".")
        item = item_by_key(kind, key)
        if item is None:
            self.message_user(request, gettext("This item is not public any more."), messages.WARNING)
            return
        add_item(issue, item)
        self.message_user(request, gettext("“%(name)s” is in the letter.") % {"name": item}, messages.SUCCESS)

    def issue_to_change(self, request, pk):
        issue = self.get_object(request, str(pk))
        if issue is None:
            raise Http404
        if not self.has_change_permission(request, issue):
            raise PermissionDenied
        return issue

    # --- the list and the form ---

    @admin.display(description=_("state"), ordering="state")
    def state_column(self, issue):
        return format_html('<span class="state state-{}">{}</span>', issue.state, issue.get_state_display())

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None:
            context["issue_steps"] = self.steps(request, obj, "change")
        return super().render_change_form(request, context, add, change, form_url, obj)
